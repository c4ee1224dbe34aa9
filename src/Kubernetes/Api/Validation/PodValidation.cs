using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>The rules of pod specs that users meet most (kubernetes pkg/apis/core/validation).</summary>
internal static class PodValidation
{
    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static void Spec(JsonObject? spec, string path, FieldErrors errors)
    {
        var containers = spec.Items("containers").ToList();
        if (containers.Count == 0)
        {
            errors.Required($"{path}.containers");
        }
        var names = new HashSet<string>();
        Containers(containers, $"{path}.containers", names, errors);
        Containers([.. spec.Items("initContainers")], $"{path}.initContainers", names, errors);
        if (spec.Text("restartPolicy") is { } policy && !RestartPolicies.Contains(policy))
        {
            errors.NotSupported($"{path}.restartPolicy", policy, RestartPolicies);
        }
        if (spec.Number("terminationGracePeriodSeconds") is < 0 and var grace)
        {
            errors.Invalid($"{path}.terminationGracePeriodSeconds", grace, "must be greater than or equal to 0");
        }
        if (spec.Number("activeDeadlineSeconds") is < 1 and var deadline)
        {
            errors.Invalid($"{path}.activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }
        var volumes = Volumes(spec, path, errors);
        foreach (var (container, i) in containers.Select((c, i) => (c, i)))
        {
            Mounts(container, $"{path}.containers[{i}]", volumes, errors);
        }
    }

    /// <summary>A template inside a workload: its labels must match the selector.</summary>
    public static void Template(JsonObject? template, JsonNode? selector, string path, FieldErrors errors)
    {
        var labels = template.Object("metadata", "labels");
        MetadataValidation.Labels($"{path}.metadata.labels", labels, errors);
        if (selector is JsonObject map && !LabelSelectors.Matches(map, labels))
        {
            errors.Invalid($"{path}.metadata.labels", labels?.DeepClone(), "`selector` does not match template `labels`");
        }
        Spec(template.Object("spec"), $"{path}.spec", errors);
    }

    /// <summary>(new, old): only images, deadlines and tolerations of a pod may change.</summary>
    public static void Update(JsonObject pod, JsonObject old, FieldErrors errors)
    {
        var before = Frozen(old);
        var after = Frozen(pod);
        if (!before.SameAs(after))
        {
            errors.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static JsonObject Frozen(JsonObject pod)
    {
        var spec = (JsonObject)(pod["spec"]?.DeepClone() ?? new JsonObject());
        foreach (var free in (string[])["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates", "ephemeralContainers"])
        {
            spec.Remove(free);
        }
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            container.Remove("image");
        }
        return spec;
    }

    private static void Containers(List<JsonObject> containers, string path, HashSet<string> names, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            var container = containers[i];
            var at = $"{path}[{i}]";
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
            if (string.IsNullOrEmpty(container.Text("image")))
            {
                errors.Required($"{at}.image");
            }
            if (container.Text("imagePullPolicy") is { } pull && !PullPolicies.Contains(pull))
            {
                errors.NotSupported($"{at}.imagePullPolicy", pull, PullPolicies);
            }
            Ports(container, at, errors);
            Environment(container, at, errors);
        }
    }

    private static void Ports(JsonObject container, string at, FieldErrors errors)
    {
        foreach (var (port, i) in container.Items("ports").Select((p, i) => (p, i)))
        {
            if (port.Number("containerPort") is not { } number)
            {
                errors.Required($"{at}.ports[{i}].containerPort");
            }
            else if (number is < 1 or > 65535)
            {
                errors.Invalid($"{at}.ports[{i}].containerPort", number, "must be between 1 and 65535, inclusive");
            }
            if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
            {
                errors.NotSupported($"{at}.ports[{i}].protocol", protocol, Protocols);
            }
        }
    }

    private static void Environment(JsonObject container, string at, FieldErrors errors)
    {
        foreach (var (variable, i) in container.Items("env").Select((e, i) => (e, i)))
        {
            if (string.IsNullOrEmpty(variable.Text("name")))
            {
                errors.Required($"{at}.env[{i}].name");
            }
            if (!string.IsNullOrEmpty(variable.Text("value")) && variable["valueFrom"] is not null)
            {
                errors.Invalid($"{at}.env[{i}].valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private static HashSet<string> Volumes(JsonObject? spec, string path, FieldErrors errors)
    {
        var names = new HashSet<string>();
        foreach (var (volume, i) in spec.Items("volumes").Select((v, i) => (v, i)))
        {
            var name = volume.Text("name") ?? "";
            if (name.Length == 0)
            {
                errors.Required($"{path}.volumes[{i}].name");
            }
            else if (!names.Add(name))
            {
                errors.Duplicate($"{path}.volumes[{i}].name", name);
            }
        }
        return names;
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
