using System.Net;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Services and Ingresses (kubernetes pkg/apis/core and networking validation).</summary>
internal static class NetworkValidation
{
    private static readonly string[] ServiceTypes = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];
    private static readonly string[] PolicyTypes = ["Ingress", "Egress"];
    private static readonly string[] PathTypes = ["Exact", "ImplementationSpecific", "Prefix"];

    public static void Service(JsonObject service, FieldErrors errors)
    {
        var spec = service.Object("spec");
        var type = spec.Text("type");
        if (!ServiceTypes.Contains(type))
        {
            errors.NotSupported("spec.type", type, ServiceTypes);
        }
        var ports = spec.Items("ports").ToList();
        var headless = spec.Text("clusterIP") == "None";
        if (ports.Count == 0 && type != "ExternalName" && !headless)
        {
            errors.Required("spec.ports");
        }
        if (type == "ExternalName" && string.IsNullOrEmpty(spec.Text("externalName")))
        {
            errors.Required("spec.externalName");
        }
        var names = new HashSet<string>();
        for (var i = 0; i < ports.Count; i++)
        {
            ServicePort(ports[i], $"spec.ports[{i}]", ports.Count > 1, names, errors);
        }
        MetadataValidation.Labels("spec.selector", spec.Object("selector"), errors);
        if (spec.Text("sessionAffinity") is { } affinity and not ("ClientIP" or "None"))
        {
            errors.NotSupported("spec.sessionAffinity", affinity, "ClientIP", "None");
        }
        SamePorts(ports, errors);
        if (spec.Text("clusterIP") is { Length: > 0 } address and not "None" && !IPAddress.TryParse(address, out _))
        {
            errors.Invalid("spec.clusterIPs[0]", address, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    public static void NetworkPolicy(JsonObject policy, FieldErrors errors)
    {
        var at = 0;
        foreach (var type in policy.Texts("spec", "policyTypes"))
        {
            if (!PolicyTypes.Contains(type))
            {
                errors.NotSupported($"spec.policyTypes[{at}]", type, PolicyTypes);
            }
            at++;
        }
    }

    public static void ServiceUpdate(JsonObject service, JsonObject old, FieldErrors errors)
    {
        var before = old.Text("spec", "clusterIP");
        var after = service.Text("spec", "clusterIP");
        if (!string.IsNullOrEmpty(before) && before != after && service.Text("spec", "type") != "ExternalName" && old.Text("spec", "type") != "ExternalName")
        {
            errors.Invalid("spec.clusterIPs[0]", new JsonArray(after), "may not change once set");
        }
    }

    public static void Ingress(JsonObject ingress, FieldErrors errors)
    {
        var spec = ingress.Object("spec");
        var rules = spec.Items("rules").ToList();
        if (rules.Count == 0 && spec.Object("defaultBackend") is null)
        {
            errors.Invalid("spec", spec is { Count: > 0 } ? spec.DeepClone() : null, "either `defaultBackend` or `rules` must be specified");
        }
        for (var r = 0; r < rules.Count; r++)
        {
            if (rules[r].Text("host") is { Length: > 0 } host && !Names.IsSubdomain(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host))
            {
                errors.Invalid($"spec.rules[{r}].host", host, Names.SubdomainMessage);
            }
            var http = rules[r].Object("http");
            var paths = http.Items("paths").ToList();
            if (http is not null && paths.Count == 0)
            {
                errors.Required($"spec.rules[{r}].http.paths");
            }
            for (var p = 0; p < paths.Count; p++)
            {
                IngressPath(paths[p], $"spec.rules[{r}].http.paths[{p}]", errors);
            }
        }
    }

    private static void SamePorts(List<JsonObject> ports, FieldErrors errors)
    {
        var seen = new HashSet<(string?, long?)>();
        for (var i = 0; i < ports.Count; i++)
        {
            if (!seen.Add((ports[i].Text("protocol"), ports[i].Number("port"))))
            {
                errors.Duplicate($"spec.ports[{i}]", new JsonObject { ["protocol"] = ports[i].Text("protocol"), ["port"] = ports[i].Number("port") });
            }
        }
    }

    private static void ServicePort(JsonObject port, string at, bool nameRequired, HashSet<string> names, FieldErrors errors)
    {
        var name = port.Text("name") ?? "";
        if (name.Length == 0 && nameRequired)
        {
            errors.Required($"{at}.name");
        }
        if (name.Length > 0 && !names.Add(name))
        {
            errors.Duplicate($"{at}.name", name);
        }
        if (port.Number("port") is not (>= 1 and <= 65535) and var number)
        {
            errors.Invalid($"{at}.port", number ?? 0, "must be between 1 and 65535, inclusive");
        }
        if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
        {
            errors.NotSupported($"{at}.protocol", protocol, Protocols);
        }
        if (port.Text("targetPort") is { } targetName)
        {
            PortNames.Check($"{at}.targetPort", targetName, errors);
        }
        if (port.Number("targetPort") is { } target and not (>= 1 and <= 65535))
        {
            errors.Invalid($"{at}.targetPort", target, "must be between 1 and 65535, inclusive");
        }
    }

    private static void IngressPath(JsonObject path, string at, FieldErrors errors)
    {
        var type = path.Text("pathType");
        if (type is null)
        {
            errors.Required($"{at}.pathType", "pathType must be specified");
        }
        else if (!PathTypes.Contains(type))
        {
            errors.NotSupported($"{at}.pathType", type, PathTypes);
        }
        else if (type is not "ImplementationSpecific" && path.Text("path")?.StartsWith('/') != true)
        {
            errors.Invalid($"{at}.path", path.Text("path"), "must be an absolute path");
        }
        Backend(path.Object("backend"), $"{at}.backend", errors);
    }

    private static void Backend(JsonObject? backend, string at, FieldErrors errors)
    {
        if (backend.Object("service") is not { } service)
        {
            if (backend.Object("resource") is null)
            {
                errors.Invalid(at, "", "resource or service backend is required");
            }
            return;
        }
        if (string.IsNullOrEmpty(service.Text("name")))
        {
            errors.Required($"{at}.service.name");
        }
        var (name, number) = (service.Text("port", "name") ?? "", service.Number("port", "number") ?? 0);
        if (name.Length > 0 && number > 0)
        {
            errors.Invalid(at, "", "cannot set both port name & port number");
        }
        else if (name.Length == 0 && number == 0)
        {
            errors.Required(at, "port name or number is required");
        }
        else if (name.Length == 0 && number is < 1 or > 65535)
        {
            errors.Invalid($"{at}.service.port.number", number, "must be between 1 and 65535, inclusive");
        }
    }
}
