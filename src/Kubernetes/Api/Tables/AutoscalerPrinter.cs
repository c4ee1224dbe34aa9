using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>HorizontalPodAutoscalers (kubernetes pkg/printers/internalversion, <c>formatHPAMetrics</c>).</summary>
internal static class AutoscalerPrinter
{
    private const int TargetsMax = 2;

    public static TablePrinter Printer { get; } = new(
        [
            TableColumn.ObjectName, new("Reference"), new("Targets"), new("MinPods"), new("MaxPods", "integer"), new("Replicas", "integer"), TableColumn.Age,
        ],
        (a, now) =>
        [
            a.Text("metadata", "name"), $"{a.Text("spec", "scaleTargetRef", "kind")}/{a.Text("spec", "scaleTargetRef", "name")}", Targets(a),
            a.Number("spec", "minReplicas")?.ToString() ?? "<unset>", a.Number("spec", "maxReplicas") ?? 0, a.Number("status", "currentReplicas") ?? 0,
            HumanDuration.Age(a, now),
        ]);

    private static string Targets(JsonObject autoscaler)
    {
        var metrics = autoscaler.Items("spec", "metrics").ToList();
        if (metrics.Count == 0)
        {
            return "<none>";
        }
        var current = autoscaler.Items("status", "currentMetrics").ToList();
        var texts = metrics.Take(TargetsMax).Select((metric, index) => Target(metric, current.ElementAtOrDefault(index)));
        var more = metrics.Count > TargetsMax ? $" + {metrics.Count - TargetsMax} more..." : "";
        return string.Join(", ", texts) + more;
    }

    private static string Target(JsonObject metric, JsonObject? status)
    {
        var type = metric.Text("type") ?? "";
        var member = type.Length == 0 ? "" : char.ToLowerInvariant(type[0]) + type[1..];
        var target = metric.Object(member, "target");
        var now = status?.Object(member, "current");
        var name = type is "Resource" or "ContainerResource" ? $"{metric.Text(member, "name")}: " : "";
        if (target.Number("averageUtilization") is { } utilization)
        {
            return $"{name}{(now.Number("averageUtilization") is { } used ? $"{used}%" : "<unknown>")}/{utilization}%";
        }
        var average = target.Text("averageValue");
        var value = average ?? target.Text("value") ?? "<auto>";
        var measured = now.Text(average is null ? "value" : "averageValue") ?? "<unknown>";
        return $"{name}{measured}/{value}{(average is not null && (type is "Object" or "External") ? " (avg)" : "")}";
    }
}
