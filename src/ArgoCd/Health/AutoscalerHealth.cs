using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>HorizontalPodAutoscaler (<c>health_hpa.go</c>): v2 by its conditions, v1 by their annotation.</summary>
internal static class AutoscalerHealth
{
    private static readonly HashSet<(string?, string?)> DegradedBy =
    [
        ("AbleToScale", "FailedGetScale"),
        ("AbleToScale", "FailedUpdateScale"),
        ("ScalingActive", "FailedGetResourceMetric"),
        ("ScalingActive", "FailedGetObjectMetric"),
        ("ScalingActive", "FailedGetPodsMetric"),
        ("ScalingActive", "FailedGetExternalMetric"),
        ("ScalingActive", "FailedComputeMetricsReplicas"),
        ("ScalingActive", "InvalidSelector"),
    ];

    public static HealthStatus HorizontalPodAutoscaler(JsonObject autoscaler)
    {
        IReadOnlyList<JsonObject> conditions;
        try
        {
            conditions = autoscaler.Text("apiVersion") == "autoscaling/v1"
                ? [.. JsonNode.Parse(autoscaler.Annotation("autoscaling.alpha.kubernetes.io/conditions") ?? "[]").Objects()]
                : [.. autoscaler.Objects("status", "conditions")];
        }
        catch (JsonException exception)
        {
            return new HealthStatus(HealthCode.Unknown, $"failed to convert conditions annotation to typed: {exception.Message}");
        }

        var degraded = conditions.FirstOrDefault(condition => DegradedBy.Contains((condition.Text("type"), condition.Text("reason"))));
        if (degraded is not null)
        {
            return new HealthStatus(HealthCode.Degraded, degraded.Text("message"));
        }

        var healthy = conditions.FirstOrDefault(
            condition => condition.Text("type") is "AbleToScale" or "ScalingLimited" && condition.Text("status") == "True");
        return healthy is null
            ? new HealthStatus(HealthCode.Progressing, "Waiting to Autoscale")
            : new HealthStatus(HealthCode.Healthy, healthy.Text("message"));
    }
}
