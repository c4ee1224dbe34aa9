using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>
/// Rollout (<c>argoproj.io/Rollout/health.lua</c>): the phase that Argo Rollouts records since 1.0, with Paused shown as Suspended;
/// without a phase, what older versions leave in the status.
/// </summary>
internal static class RolloutHealth
{
    public static HealthStatus Rollout(JsonObject rollout)
    {
        if (!IsGenerationObserved(rollout) || !IsWorkloadGenerationObserved(rollout))
        {
            return Waiting("Waiting for rollout spec update to be observed");
        }

        var status = rollout["status"];
        return status.Text("phase") switch
        {
            null => WithoutPhase(rollout["spec"], status),
            "Paused" => new HealthStatus(HealthCode.Suspended, status.Text("message")),
            "Healthy" or "Progressing" or "Degraded" => new HealthStatus(status.Text("phase")!, status.Text("message")),
            _ => new HealthStatus(HealthCode.Unknown, "Lua returned an invalid health status"),
        };
    }

    // Rollouts 0.9 and older wrote a hash here: not a number, or one above any generation, so it counts as observed
    private static bool IsGenerationObserved(JsonObject rollout)
    {
        if (rollout.Object("status") is not { } status)
        {
            return false;
        }

        var generation = rollout.Number("metadata", "generation") ?? 0;
        return status["observedGeneration"].ToNumber() is not { } observed || observed >= generation;
    }

    private static bool IsWorkloadGenerationObserved(JsonObject rollout)
        => rollout.Object("spec", "workloadRef") is null
            || rollout.Object("metadata", "annotations") is not { } annotations
            || annotations["rollout.argoproj.io/workload-generation"].ToNumber() == rollout.At("status", "workloadObservedGeneration").ToNumber();

    private static HealthStatus WithoutPhase(JsonNode? spec, JsonNode? status)
    {
        foreach (var condition in status.Objects("conditions"))
        {
            if (condition.Text("type") == "InvalidSpec"
                || (condition.Text("type") == "Progressing" && condition.Text("reason") is "RolloutAborted" or "ProgressDeadlineExceeded"))
            {
                return new HealthStatus(HealthCode.Degraded, condition.Text("message"));
            }
        }

        if (status.Items("pauseConditions").Count > 0 || spec.Flag("paused"))
        {
            return new HealthStatus(HealthCode.Suspended, "Rollout is paused");
        }

        if (status.Text("currentPodHash") is not { } currentHash)
        {
            return Waiting("Waiting for rollout to finish: status has not been reconciled.");
        }

        var updated = status.Number("updatedReplicas") ?? 0;
        if (updated < (spec.Number("replicas") ?? 1))
        {
            return Waiting("Waiting for roll out to finish: More replicas need to be updated");
        }

        if ((status.Number("availableReplicas") ?? 0) < updated)
        {
            return Waiting("Waiting for roll out to finish: updated replicas are still becoming available");
        }

        var stable = status.Text("stableRS") ?? status.Text("canary", "stableRS") ?? "";
        return Strategy(spec, status, currentHash, stable, updated) ?? new HealthStatus(HealthCode.Healthy, "");
    }

    private static HealthStatus? Strategy(JsonNode? spec, JsonNode? status, string currentHash, string stable, long updated)
    {
        if (spec.Object("strategy", "blueGreen") is not null)
        {
            if (status.Text("blueGreen", "activeSelector") != currentHash)
            {
                return Waiting("active service cutover pending");
            }

            return stable.Length > 0 && stable != currentHash ? Waiting("waiting for analysis to complete") : null;
        }

        if (spec.Object("strategy", "canary") is null)
        {
            return null;
        }

        if ((status.Number("replicas") ?? 0) > updated)
        {
            return Waiting("Waiting for roll out to finish: old replicas are pending termination");
        }

        return stable != currentHash ? Waiting("Waiting for rollout to finish steps") : null;
    }

    private static HealthStatus Waiting(string message) => new(HealthCode.Progressing, message);
}
