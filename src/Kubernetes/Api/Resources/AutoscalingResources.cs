using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Resources;

/// <summary>
/// HorizontalPodAutoscalers are one store with two views: v2 (stored) and v1, which knows CPU utilization alone and carries the rest
/// in annotations (kubernetes pkg/apis/autoscaling/v1/conversion.go).
/// </summary>
internal static class AutoscalingResources
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    private static readonly string[] Policies = ["scaleUp", "scaleDown"];

    private static readonly ResourceStrategy Strategy = new() { Default = Default, Validate = Validation.AutoscalerValidation.Check };

    public static ResourceInfo V2() => Resource("v2");

    public static ResourceInfo V1() => Resource("v1") with { StorageVersion = "v2", FromStorage = ToV1, ToStorage = ToV2 };

    private static ResourceInfo Resource(string version) =>
        BuiltInResources.Of("autoscaling", version, "horizontalpodautoscalers", "HorizontalPodAutoscaler", Strategy, "hpa") with
        {
            Categories = ["all"], Subresources = ["status"],
        };

    /// <summary>kubernetes pkg/apis/autoscaling/v2/defaults.go</summary>
    private static void Default(JsonObject autoscaler)
    {
        var spec = autoscaler.Sub("spec");
        spec.Default("minReplicas", 1);
        if (spec.Array("metrics") is not { Count: > 0 })
        {
            spec["metrics"] = new JsonArray(Cpu("target", new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80 }));
        }
        if (spec.Object("behavior") is not { } behavior)
        {
            return;
        }
        foreach (var direction in Policies)
        {
            var rules = behavior.Sub(direction);
            rules.Default("selectPolicy", "Max");
            if (direction == "scaleUp")
            {
                rules.Default("stabilizationWindowSeconds", 0);
            }
            if (rules.Array("policies") is not { Count: > 0 })
            {
                var percent = new JsonObject { ["type"] = "Percent", ["value"] = 100, ["periodSeconds"] = 15 };
                rules["policies"] = direction == "scaleDown"
                    ? new JsonArray(percent)
                    : new JsonArray(new JsonObject { ["type"] = "Pods", ["value"] = 4, ["periodSeconds"] = 15 }, percent);
            }
        }
    }

    private static JsonObject ToV1(JsonObject stored)
    {
        var v1 = (JsonObject)stored.DeepClone();
        v1["apiVersion"] = "autoscaling/v1";
        var spec = v1.Sub("spec");
        var metrics = spec.Items("metrics").ToList();
        var cpu = metrics.Find(IsCpuUtilization);
        if (cpu.At("resource", "target", "averageUtilization") is { } target)
        {
            spec["targetCPUUtilizationPercentage"] = target.DeepClone();
        }
        Annotate(v1, "metrics", new JsonArray([.. metrics.Where(metric => metric != cpu).Select(metric => metric.DeepClone())]));
        Annotate(v1, "behavior", spec["behavior"]);
        spec.Remove("metrics");
        spec.Remove("behavior");
        if (v1.Object("status") is { } status)
        {
            var measured = status.Items("currentMetrics").ToList();
            var current = measured.Find(metric => metric.Text("resource", "name") == "cpu");
            if (current.At("resource", "current", "averageUtilization") is { } utilization)
            {
                status["currentCPUUtilizationPercentage"] = utilization.DeepClone();
            }
            Annotate(v1, "current-metrics", status["currentMetrics"]);
            Annotate(v1, "conditions", status["conditions"]);
            status.Remove("currentMetrics");
            status.Remove("conditions");
        }
        return v1;
    }

    private static JsonObject ToV2(JsonObject sent)
    {
        var v2 = (JsonObject)sent.DeepClone();
        v2["apiVersion"] = "autoscaling/v2";
        var spec = v2.Sub("spec");
        var metrics = new JsonArray();
        if (spec["targetCPUUtilizationPercentage"] is { } target)
        {
            metrics.Add(Cpu("target", new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = target.DeepClone() }));
            spec.Remove("targetCPUUtilizationPercentage");
        }
        foreach (var other in (Take(v2, "metrics") as JsonArray ?? []).OfType<JsonObject>())
        {
            metrics.Add(other.DeepClone());
        }
        if (metrics.Count > 0)
        {
            spec["metrics"] = metrics;
        }
        if (Take(v2, "behavior") is { } behavior)
        {
            spec["behavior"] = behavior;
        }
        var (current, conditions) = (Take(v2, "current-metrics"), Take(v2, "conditions"));
        if (v2.Object("status") is { } status)
        {
            status.Remove("currentCPUUtilizationPercentage");
            Put(status, "currentMetrics", current);
            Put(status, "conditions", conditions);
        }
        return v2;
    }

    private static bool IsCpuUtilization(JsonObject metric) =>
        metric.Text("resource", "name") == "cpu" && metric.At("resource", "target", "averageUtilization") is not null;

    private static JsonObject Cpu(string member, JsonObject value) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject { ["name"] = "cpu", [member] = value },
    };

    private static void Put(JsonObject holder, string member, JsonNode? value)
    {
        if (value is not null)
        {
            holder[member] = value;
        }
    }

    private static void Annotate(JsonObject document, string name, JsonNode? value)
    {
        if (value is JsonObject { Count: > 0 } or JsonArray { Count: > 0 })
        {
            document.Sub("metadata").Sub("annotations")[Prefix + name] = value.ToJsonString();
        }
    }

    private static JsonNode? Take(JsonObject document, string name)
    {
        if (document.Object("metadata", "annotations") is not { } annotations || annotations[Prefix + name].Text() is not { } text)
        {
            return null;
        }
        annotations.Remove(Prefix + name);
        if (annotations.Count == 0)
        {
            document.Sub("metadata").Remove("annotations");
        }
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null; // upstream drops what it cannot read as well
        }
    }
}
