using System.Globalization;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Server.Actions;

/// <summary>An action that the UI offers for a resource.</summary>
internal sealed record ResourceAction(string Name, bool Disabled = false, string? DisplayName = null, string? IconClass = null);

/// <summary>Which actions a resource has, and what each changes (<c>resource_customizations/*/actions</c>).</summary>
internal static class ResourceActions
{
    /// <summary>The actions of an object's kind, by name; none for most kinds.</summary>
    public static IReadOnlyList<ResourceAction> Discover(JsonObject live) => (Group(live), live.Text("kind")) switch
    {
        ("argoproj.io", "Rollout") => RolloutActions.Discover(live),
        ("argoproj.io", "AnalysisRun") => [new ResourceAction("terminate", Disabled: IsAnalysisOver(live))],
        ("apps", "Deployment") => DeploymentActions(live),
        ("apps", "StatefulSet" or "DaemonSet") => [new ResourceAction("restart")],
        _ => [],
    };

    /// <summary>The object as the action leaves it; null when the kind has no such action.</summary>
    /// <param name="live">The object as it is; not changed.</param>
    /// <param name="action">Name of the action.</param>
    /// <param name="now">Time that a restart is asked for at.</param>
    public static JsonObject? Run(JsonObject live, string action, DateTimeOffset now)
    {
        var changed = (JsonObject)live.DeepClone();
        switch (Group(live), live.Text("kind"), action)
        {
            case ("argoproj.io", "Rollout", _):
                return RolloutActions.Run(changed, action, now) ? changed : null;
            case ("argoproj.io", "AnalysisRun", "terminate"):
                changed.Ensure("spec")["terminate"] = true;
                return changed;
            case ("apps", "Deployment" or "StatefulSet" or "DaemonSet", "restart"):
                changed.Ensure("spec", "template", "metadata", "annotations")["kubectl.kubernetes.io/restartedAt"] = Format(now);
                return changed;
            case ("apps", "Deployment", "pause" or "resume"):
                changed.Ensure("spec")["paused"] = action == "pause";
                return changed;
            default:
                return null;
        }
    }

    internal static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Group(JsonObject @object)
        => @object.Text("apiVersion") is { } version && version.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? version[..slash] : "";

    private static bool IsAnalysisOver(JsonObject run)
        => run.Flag("spec", "terminate") || run.Text("status", "phase") is "Successful" or "Failed" or "Error" or "Inconclusive";

    private static IReadOnlyList<ResourceAction> DeploymentActions(JsonObject live)
    {
        var paused = live.Flag("spec", "paused");
        return
        [
            new ResourceAction("pause", paused, IconClass: "fa fa-fw fa-pause-circle"),
            new ResourceAction("restart", IconClass: "fa fa-fw fa-redo"),
            new ResourceAction("resume", !paused, IconClass: "fa fa-fw fa-play-circle"),
        ];
    }
}
