using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Pods: graceful deletion once bound to a node, an immutable spec, phase Pending at birth.</summary>
internal static class PodStrategy
{
    public static ResourceStrategy Strategy { get; } = new()
    {
        Default = PodDefaults.Pod,
        PrepareForCreate = pod => pod["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QualityOfService(pod) },
        Validate = (pod, errors) => PodValidation.Spec(pod.Object("spec"), "spec", errors),
        ValidateUpdate = PodValidation.Update,
        FieldNames = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName"],
        Fields = Fields,
        GracePeriodSeconds = GracePeriod,
        HasGeneration = true,
        ReturnsDeletedObject = true,
    };

    private static IEnumerable<(string, string)> Fields(JsonObject pod)
    {
        foreach (var field in (string[])["nodeName", "restartPolicy", "schedulerName", "serviceAccountName"])
        {
            yield return ("spec." + field, pod.Text("spec", field) ?? "");
        }
        yield return ("spec.hostNetwork", pod.Flag("spec", "hostNetwork") == true ? "true" : "false");
        yield return ("status.phase", pod.Text("status", "phase") ?? "");
        yield return ("status.podIP", pod.Text("status", "podIP") ?? "");
        yield return ("status.nominatedNodeName", pod.Text("status", "nominatedNodeName") ?? "");
    }

    /// <summary>A pod that no node runs, or that has finished, needs no time to stop (kubernetes pkg/registry/core/pod/strategy.go).</summary>
    private static long GracePeriod(JsonObject pod, long? requested)
    {
        if (string.IsNullOrEmpty(pod.Text("spec", "nodeName")) || pod.Text("status", "phase") is "Succeeded" or "Failed")
        {
            return 0;
        }
        return requested ?? pod.Number("spec", "terminationGracePeriodSeconds") ?? 30;
    }

    private static string QualityOfService(JsonObject pod)
    {
        var containers = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).ToList();
        if (containers.All(c => c.Object("resources", "requests") is not { Count: > 0 } && c.Object("resources", "limits") is not { Count: > 0 }))
        {
            return "BestEffort";
        }
        var guaranteed = containers.All(c => ((string[])["cpu", "memory"]).All(resource =>
            c.At("resources", "limits", resource) is { } limit && limit.SameAs(c.At("resources", "requests", resource))));
        return guaranteed ? "Guaranteed" : "Burstable";
    }
}
