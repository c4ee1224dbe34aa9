using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Server.Actions;

/// <summary>Actions of a Rollout (<c>argoproj.io/Rollout/actions</c>): when each is enabled, and the fields it writes.</summary>
internal static class RolloutActions
{
    public static IReadOnlyList<ResourceAction> Discover(JsonObject rollout)
    {
        var (spec, status) = (rollout["spec"], rollout["status"]);
        var paused = status.At("pauseConditions") is JsonArray conditions ? conditions.Count > 0 : spec.Flag("paused");
        var fullyPromoted = status.Text("currentPodHash") == status.Text("stableRS");
        var aborted = status.Flag("abort");
        return
        [
            new ResourceAction("abort", fullyPromoted || aborted),
            new ResourceAction("pause", fullyPromoted || aborted || spec.Flag("paused")),
            new ResourceAction("promote-full", status is null || fullyPromoted || (!IsGenerationTracked(rollout) && spec.Object("strategy", "blueGreen") is not null)),
            new ResourceAction("restart", DisplayName: "Restart Pods"),
            new ResourceAction("resume", !paused),
            new ResourceAction("retry", fullyPromoted || !aborted),
            new ResourceAction("skip-current-step", Steps(spec) is not { } steps || status.Number("currentStepIndex") == steps),
        ];
    }

    /// <summary>Changes the object; false when there is no such action.</summary>
    public static bool Run(JsonObject rollout, string action, DateTimeOffset now)
    {
        switch (action)
        {
            case "abort":
                rollout.Ensure("status")["abort"] = true;
                break;
            case "pause":
                rollout.Ensure("spec")["paused"] = true;
                break;
            case "promote-full":
                PromoteFull(rollout);
                break;
            case "restart":
                rollout.Ensure("spec")["restartAt"] = ResourceActions.Format(now);
                break;
            case "resume":
                Resume(rollout);
                break;
            case "retry":
                rollout.Remove("status", "abort");
                break;
            case "skip-current-step":
                SkipStep(rollout);
                break;
            default:
                return false;
        }

        return true;
    }

    private static void PromoteFull(JsonObject rollout)
    {
        if (rollout.Object("status") is not { } status)
        {
            return;
        }

        if (IsGenerationTracked(rollout))
        {
            status["promoteFull"] = true;
            return;
        }

        status.Remove("abort"); // Rollouts 0.9 and older know no promoteFull
        if (Steps(rollout["spec"]) is { } steps)
        {
            status["currentStepIndex"] = steps;
        }
    }

    private static void Resume(JsonObject rollout)
    {
        if (rollout.Items("status", "pauseConditions").Count > 0)
        {
            rollout.Remove("status", "pauseConditions");
        }

        if (rollout.Flag("spec", "paused"))
        {
            rollout.Ensure("spec")["paused"] = false;
        }
    }

    private static void SkipStep(JsonObject rollout)
    {
        if (rollout.Object("status") is not { } status || Steps(rollout["spec"]) is not { } steps || status.Number("currentStepIndex") is not { } step || step >= steps)
        {
            return;
        }

        if (status.Items("pauseConditions").Count > 0)
        {
            status.Remove("pauseConditions");
        }

        status["currentStepIndex"] = step + 1;
    }

    private static bool IsGenerationTracked(JsonObject rollout)
        => rollout.At("status", "observedGeneration").ToNumber() is { } observed && observed <= (rollout.Number("metadata", "generation") ?? 0);

    private static int? Steps(JsonNode? spec) => spec.At("strategy", "canary", "steps") is JsonArray steps ? steps.Count : null;
}
