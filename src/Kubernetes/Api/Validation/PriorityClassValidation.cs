using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>PriorityClasses: the highest numbers and names are the system's own (kubernetes pkg/apis/scheduling/validation).</summary>
internal static class PriorityClassValidation
{
    private const long UserMax = 1_000_000_000;
    private static readonly string[] System = ["system-node-critical", "system-cluster-critical"];

    public static void Check(JsonObject priority, FieldErrors errors)
    {
        var name = priority.Text("metadata", "name") ?? "";
        if (System.Contains(name))
        {
            return;
        }
        if (name.StartsWith("system-", StringComparison.Ordinal))
        {
            errors.Forbidden("metadata.name", "priority class names with 'system-' prefix are reserved for system use only");
        }
        if (priority.Number("value") is > UserMax)
        {
            errors.Forbidden("value", $"maximum allowed value of a user defined priority is {UserMax}");
        }
        if (priority.Text("preemptionPolicy") is { } policy and not ("PreemptLowerPriority" or "Never"))
        {
            errors.NotSupported("preemptionPolicy", policy, "PreemptLowerPriority", "Never");
        }
    }

    public static void Update(JsonObject priority, JsonObject old, FieldErrors errors)
    {
        if (priority.Number("value") != old.Number("value"))
        {
            errors.Forbidden("value", "may not be changed in an update.");
        }
        WorkloadValidation.Immutable(priority, old, errors, "preemptionPolicy");
    }
}
