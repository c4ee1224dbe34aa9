using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Containers of a pod: names and images, ports, mounts, probes (kubernetes pkg/apis/core/validation).</summary>
internal static class ContainerValidation
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc"];
    private static readonly string[] Counts = ["initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"];

    public static void Check(List<JsonObject> containers, string path, HashSet<string> names, HashSet<string> volumes, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            Identity(containers[i], $"{path}[{i}]", names, errors);
            Contents(containers[i], $"{path}[{i}]", volumes, errors);
        }
    }

    private static void Identity(JsonObject container, string at, HashSet<string> names, FieldErrors errors)
    {
        var name = container.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Required($"{at}.name");
        }
        else if (!Names.IsDnsLabel(name))
        {
            errors.Invalid($"{at}.name", name, Names.LabelMessage);
        }
        else if (!names.Add(name))
        {
            errors.Duplicate($"{at}.name", name);
        }
        var image = container.Text("image") ?? "";
        if (image.Length == 0)
        {
            errors.Required($"{at}.image");
        }
        else if (image.Trim() != image)
        {
            errors.Invalid($"{at}.image", image, "must not have leading or trailing whitespace");
        }
    }

    private static void Contents(JsonObject container, string at, HashSet<string> volumes, FieldErrors errors)
    {
        foreach (var probe in Probes)
        {
            Probe(container.Object(probe), $"{at}.{probe}", probe, errors);
        }
        if (container.Text("terminationMessagePolicy") is { } messages and not ("File" or "FallbackToLogsOnError"))
        {
            errors.NotSupported($"{at}.terminationMessagePolicy", messages, "File", "FallbackToLogsOnError");
        }
        Ports(container, at, errors);
        ContainerEnvironment.Check(container, at, errors);
        Mounts(container, at, volumes, errors);
        if (container.Text("imagePullPolicy") is { } pull && !PullPolicies.Contains(pull))
        {
            errors.NotSupported($"{at}.imagePullPolicy", pull, PullPolicies);
        }
        ContainerResources.Check(container.Object("resources"), $"{at}.resources", errors);
    }

    private static void Probe(JsonObject? probe, string at, string which, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }
        if (!Handlers.Any(probe.ContainsKey))
        {
            errors.Required(at, "must specify a handler type");
        }
        foreach (var count in Counts)
        {
            if (probe.Number(count) is < 0 and var value)
            {
                errors.Invalid($"{at}.{count}", value, "must be greater than or equal to 0");
            }
        }
        // only readiness may ask for more than one success in a row
        if (which is not "readinessProbe" && probe.Number("successThreshold") is { } successes and not 1)
        {
            errors.Invalid($"{at}.successThreshold", successes, "must be 1");
        }
    }

    private static void Ports(JsonObject container, string at, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (port, i) in container.Items("ports").Select((p, i) => (p, i)))
        {
            var path = $"{at}.ports[{i}]";
            if (port.Text("name") is { Length: > 0 } name)
            {
                PortNames.Check($"{path}.name", name, errors);
                if (!names.Add(name))
                {
                    errors.Duplicate($"{path}.name", name);
                }
            }
            if (port.Number("containerPort") is not { } number || number == 0)
            {
                errors.Required($"{path}.containerPort");
            }
            else if (number is < 1 or > 65535)
            {
                errors.Invalid($"{path}.containerPort", number, "must be between 1 and 65535, inclusive");
            }
            if (port.Number("hostPort") is { } host and (< 0 or > 65535))
            {
                errors.Invalid($"{path}.hostPort", host, "must be between 1 and 65535, inclusive");
            }
            if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
            {
                errors.NotSupported($"{path}.protocol", protocol, Protocols);
            }
        }
    }

    private static void Mounts(JsonObject container, string at, HashSet<string> volumes, FieldErrors errors)
    {
        foreach (var (mount, i) in container.Items("volumeMounts").Select((m, i) => (m, i)))
        {
            var name = mount.Text("name") ?? "";
            if (!volumes.Contains(name))
            {
                errors.NotFound($"{at}.volumeMounts[{i}].name", name);
            }
            if (string.IsNullOrEmpty(mount.Text("mountPath")))
            {
                errors.Required($"{at}.volumeMounts[{i}].mountPath");
            }
        }
    }
}
