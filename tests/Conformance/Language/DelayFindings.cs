using Fixtures.Observing;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What the reader finds about delays in the recorded history.</summary>
public static class DelayFindings
{
    /// <summary>
    /// The deadline that the controller writes is cut to whole seconds, and two watches tell of the two moments: their difference is known
    /// to a second of the cluster's clock and a quarter of a second of the wall clock.
    /// </summary>
    private static readonly TimeSpan Truncated = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SeenLateWall = TimeSpan.FromMilliseconds(250);

    /// <summary>The old ReplicaSet kept its size for <paramref name="delay"/> after the active service had moved to the new one.</summary>
    public static Task FindsTheDelay(this Reader reader, string old, string @new, TimeSpan delay) => reader.Finds(
        $"finds that {old} was not scaled down before {DurationText.Limit(delay)}",
        $"ReplicaSet of {old} in '{reader.Stage.Names.Namespace}'",
        $"did not keep its size for {DurationText.Limit(delay)} after the switch",
        $"scaled down {DurationText.Limit(delay)} after the active service moved to {@new}, or later",
        () => Judge(reader.Stage.History.Timeline.Since(), old, @new, delay - Truncated - (SeenLateWall * reader.Stage.Cluster.Description.Speed)));

    private static (string Observed, string? Problem) Judge(IReadOnlyList<Observation> seen, string old, string @new, TimeSpan least)
    {
        var hash = seen.Where(one => one.Key.Kind == "ReplicaSet" && Views.Colour(one.Object.Json) == @new)
            .Select(one => FieldPath.Read(one.Object.Json, ".metadata.labels.rollouts-pod-template-hash")?.ToString())
            .LastOrDefault();
        var moved = seen.FirstOrDefault(one => one.Key is { Kind: "Service", Name: "handson" }
            && FieldPath.Read(one.Object.Json, ".spec.selector.rollouts-pod-template-hash")?.ToString() == hash);
        if (hash is null || moved is null)
        {
            return ("the active service never moved", $"no selector of Service 'handson' named the ReplicaSet of {@new}");
        }

        var down = seen.FirstOrDefault(one => one.At > moved.At && one.Key.Kind == "ReplicaSet" && Views.Colour(one.Object.Json) == old
            && Views.Number(one.Object.Json, ".spec.replicas") == 0);
        if (down is null)
        {
            return ("never scaled down", "spec.replicas of the old ReplicaSet never became 0");
        }

        var waited = down.At - moved.At;
        return ($"scaled down {DurationText.Of(waited)} after", waited >= least ? null : $"{DurationText.Of(least - waited)} too early, beyond what the clocks allow");
    }
}
