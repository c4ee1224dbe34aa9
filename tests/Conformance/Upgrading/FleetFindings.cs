using Conformance.Language;
using Fixtures.Waiting;

namespace Conformance.Upgrading;

/// <summary>What is found afterwards in what was recorded.</summary>
internal static class FleetFindings
{
    /// <summary>Deadlines are written in whole seconds, by another machine's clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The old ReplicaSet kept its deadline over the upgrade, and its pods until then.</summary>
    public static Task FindsTheDeadlineKept(this Reader reader, string rollout, string tag)
    {
        var subject = reader.Stage.ReplicaSet(rollout, tag);
        return reader.Finds(
            $"finds that the old pods of {rollout} stayed until their deadline, which the upgrade did not move",
            subject.Name,
            "did not keep its scale-down delay",
            "one deadline, and no scale-down before it",
            () =>
            {
                var seen = (
                    from observation in reader.Stage.History.Timeline.Since()
                    where observation.Key.Kind == "ReplicaSet"
                    let set = subject.Read(observation)
                    where set is not null
                    select (observation.At, Deadline: FleetSubjects.Deadline(set), Replicas: Views.Number(set, ".replicas"))).ToList();
                var deadlines = seen.Select(one => one.Deadline).Where(deadline => deadline is not null).Distinct().ToList();
                var down = seen.SkipWhile(one => one.Deadline is null).FirstOrDefault(one => one.Replicas == 0).At;
                var observed = $"deadlines {string.Join(", ", deadlines)}; scaled down at {down:O}";
                return (observed, deadlines.Count != 1 ? $"{deadlines.Count} deadlines" : down < deadlines[0] - Tolerance ? "scaled down before it" : null);
            });
    }

    /// <summary>Over everything there were no more ReplicaSets than revisions.</summary>
    public static Task FindsTwoReplicaSetsOfEach(this Reader reader, params string[] rollouts) => reader.Finds(
        "finds one ReplicaSet for each of two templates, and no other",
        $"Rollouts of '{reader.Stage.Names.Namespace}'",
        "have ReplicaSets that no template asks for",
        "2 of each",
        () =>
        {
            var counts = rollouts.Select(rollout => (rollout, Count: reader.Stage.SetsOf(rollout))).ToList();
            return (
                string.Join(", ", counts.Select(one => $"{one.rollout} {one.Count}")),
                counts.FirstOrDefault(one => one.Count != 2) is { rollout: { } wrong } one ? $"{wrong} has {one.Count}" : null);
        });

    /// <summary>What something reads as now.</summary>
    public static System.Text.Json.Nodes.JsonNode Now(this Reader reader, Subject<Fixtures.Observing.Observation> subject) =>
        subject.Read(reader.Stage.History.Timeline.Since()[^1]) ?? throw new InvalidOperationException($"{subject.Name} is not there");
}
