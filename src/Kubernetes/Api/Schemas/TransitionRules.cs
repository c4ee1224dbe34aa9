using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Schemas;

/// <summary>
/// x-kubernetes-validations. Of CEL, the rule "self == oldSelf" is evaluated; it applies only where there is an old value.
/// Other rules are not (docs/limits.md).
/// </summary>
internal static class TransitionRules
{
    public static void Check(JsonNode value, JsonNode? old, JsonObject constraints, string path, FieldErrors errors)
    {
        if (old is null)
        {
            return;
        }
        foreach (var rule in constraints.Items("x-kubernetes-validations"))
        {
            var text = rule.Text("rule") ?? "";
            if (text.Replace(" ", "") is "self==oldSelf" or "oldSelf==self" && !value.SameAs(old))
            {
                errors.Invalid(path, value is JsonValue ? value.DeepClone() : value is JsonObject ? "object" : "array", rule.Text("message") ?? $"failed rule: {text}");
            }
        }
    }
}
