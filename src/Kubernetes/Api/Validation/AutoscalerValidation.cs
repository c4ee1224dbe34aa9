using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>HorizontalPodAutoscalers: bounds and target (kubernetes pkg/apis/autoscaling/validation).</summary>
internal static class AutoscalerValidation
{
    public static void Check(JsonObject autoscaler, FieldErrors errors)
    {
        var min = autoscaler.Number("spec", "minReplicas");
        var max = autoscaler.Number("spec", "maxReplicas") ?? 0;
        if (min < 1)
        {
            errors.Invalid("spec.minReplicas", min, "must be greater than or equal to 1");
        }
        if (max < 1)
        {
            errors.Invalid("spec.maxReplicas", max, "must be greater than 0");
        }
        if (max < min)
        {
            errors.Invalid("spec.maxReplicas", max, "must be greater than or equal to `minReplicas`");
        }
        foreach (var field in new[] { "kind", "name" }.Where(field => string.IsNullOrEmpty(autoscaler.Text("spec", "scaleTargetRef", field))))
        {
            errors.Required($"spec.scaleTargetRef.{field}");
        }
    }
}
