using System.Text.Json.Nodes;
using ArgoCd.Json;
using ArgoCd.Sync;

namespace ArgoCd.Health;

/// <summary>Pods (<c>health_pod.go</c>): long-running ones are healthy when ready, finite ones when they have succeeded.</summary>
internal static class PodHealth
{
    private const string IgnoreRestartPolicy = "argocd.argoproj.io/ignore-restart-policy";

    public static HealthStatus Pod(JsonObject pod)
    {
        var status = pod["status"];
        var message = status.Text("message");
        var longRunning = pod.Text("spec", "restartPolicy") == "Always"
            || (pod.Annotation(IgnoreRestartPolicy) == "true" && !Hooks.IsHook(pod));

        if (longRunning && FailedToStart(status) is { Count: > 0 } reasons)
        {
            return new HealthStatus(HealthCode.Degraded, string.Join(", ", reasons));
        }

        return status.Text("phase") switch
        {
            "Pending" => new HealthStatus(HealthCode.Progressing, message),
            "Succeeded" => new HealthStatus(HealthCode.Healthy, message),
            "Failed" => new HealthStatus(HealthCode.Degraded, string.IsNullOrEmpty(message) ? FailMessage(status) : message),
            "Running" when longRunning => Running(status, message),
            "Running" when pod.Text("spec", "restartPolicy") is "OnFailure" or "Never" => new HealthStatus(HealthCode.Progressing, message),
            _ => new HealthStatus(HealthCode.Unknown, message),
        };
    }

    private static HealthStatus Running(JsonNode? status, string? message)
    {
        if (WorkloadHealth.Condition(status, "Ready").Text("status") == "True")
        {
            return new HealthStatus(HealthCode.Healthy, message);
        }

        return status.Objects("containerStatuses").Any(container => container.Object("lastState", "terminated") is not null)
            ? new HealthStatus(HealthCode.Degraded, message)
            : new HealthStatus(HealthCode.Progressing, message);
    }

    private static List<string> FailedToStart(JsonNode? status)
        => [.. status.Objects("containerStatuses")
            .Select(container => container.Object("state", "waiting"))
            .Where(waiting => waiting.Text("reason") is { } reason
                && (reason.StartsWith("Err", StringComparison.Ordinal)
                    || reason.EndsWith("Error", StringComparison.Ordinal)
                    || reason.EndsWith("BackOff", StringComparison.Ordinal)))
            .Select(waiting => waiting.Text("message") ?? "")];

    private static string? FailMessage(JsonNode? status)
    {
        foreach (var container in status.Objects("initContainerStatuses").Concat(status.Objects("containerStatuses")))
        {
            if (container.Object("state", "terminated") is not { } terminated)
            {
                continue;
            }

            if (terminated.Text("message") is { Length: > 0 } message)
            {
                return message;
            }

            if (terminated.Text("reason") == "OOMKilled")
            {
                return "OOMKilled";
            }

            if (terminated.Number("exitCode") is { } code and not 0)
            {
                return $"container \"{container.Text("name")}\" failed with exit code {code}";
            }
        }

        return null;
    }
}
