using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Variables of a container and where their values come from.</summary>
internal static class ContainerEnvironment
{
    private static readonly string[] Fields =
        ["metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"];

    public static void Check(JsonObject container, string at, FieldErrors errors)
    {
        foreach (var (variable, i) in container.Items("env").Select((e, i) => (e, i)))
        {
            if (string.IsNullOrEmpty(variable.Text("name")))
            {
                errors.Required($"{at}.env[{i}].name");
            }
            if (variable.Object("valueFrom") is not { } source)
            {
                continue;
            }
            var path = $"{at}.env[{i}].valueFrom";
            if (!string.IsNullOrEmpty(variable.Text("value")))
            {
                errors.Invalid(path, "", "may not be specified when `value` is not empty");
                continue;
            }
            Source(source, path, errors);
        }
    }

    private static void Source(JsonObject source, string path, FieldErrors errors)
    {
        if (source.Text("fieldRef", "fieldPath") is { } field && !Fields.Contains(field)
            && !field.StartsWith("metadata.labels", StringComparison.Ordinal) && !field.StartsWith("metadata.annotations", StringComparison.Ordinal))
        {
            errors.Invalid($"{path}.fieldRef.fieldPath", field, $"error converting fieldPath: field label not supported: {field}");
        }
        foreach (var kind in (string[])["configMapKeyRef", "secretKeyRef"])
        {
            if (source.Object(kind) is not { } reference)
            {
                continue;
            }
            if (!Names.IsSubdomain(reference.Text("name") ?? ""))
            {
                errors.Invalid($"{path}.{kind}.name", reference.Text("name") ?? "", Names.SubdomainMessage);
            }
            if (string.IsNullOrEmpty(reference.Text("key")))
            {
                errors.Required($"{path}.{kind}.key");
            }
        }
    }
}
