using Fixtures.Observing;
using Fixtures.Traffic;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What the reader finds about a canary's steps in the recorded history.</summary>
public static class StepFindings
{
    /// <summary>The controller dates a pause in whole seconds, and its beginning and end are seen with the delay of a watch.</summary>
    private static readonly TimeSpan Truncated = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SeenLateWall = TimeSpan.FromMilliseconds(250);

    /// <summary>While the Rollout was paused, the wanted replicas were these, in this order, e.g. <c>8 blue, 2 green</c>.</summary>
    public static Task FindsTheSteps(this Reader reader, params IReadOnlyList<string> sizes) => reader.Finds(
        $"finds the pauses at {string.Join(" → ", sizes)}",
        $"Rollout of '{reader.Stage.Names.Namespace}'",
        "did not pause at every weight",
        string.Join(" → ", sizes),
        () =>
        {
            var seen = new List<string>();
            foreach (var size in reader.PausedSizes())
            {
                if (seen.Count == 0 || seen[^1] != size)
                {
                    seen.Add(size);
                }
            }

            return (string.Join(" → ", seen), seen.SequenceEqual(sizes) ? null : "the pauses are not these");
        });

    /// <summary>The timed pause of a step lasted as long as it says.</summary>
    public static Task FindsThePause(this Reader reader, int step, TimeSpan duration) => reader.Finds(
        $"finds that the pause of step {step} lasted {DurationText.Limit(duration)}",
        $"Rollout of '{reader.Stage.Names.Namespace}'",
        $"did not pause for {DurationText.Limit(duration)} at step {step}",
        $"{DurationText.Limit(duration)} or longer",
        () =>
        {
            var versions = reader.Versions();
            var began = versions.FirstOrDefault(one => one.Step == step && one.Phase == "Paused");
            var ended = began is null ? null : versions.FirstOrDefault(one => one.Seen.At > began.Seen.At && one.Step > step);
            if (began is null || ended is null)
            {
                return ("it was never Paused there, or never went on", "no such pause");
            }

            var lasted = ended.Seen.At - began.Seen.At;
            var least = duration - Truncated - (SeenLateWall * reader.Stage.Cluster.Description.Speed);
            return (DurationText.Of(lasted), lasted >= least ? null : $"{DurationText.Of(least - lasted)} too short, beyond what the clocks allow");
        });

    /// <summary>The Rollout was never paused at any of these steps.</summary>
    public static Task FindsNoPauseAt(this Reader reader, params IReadOnlyList<int> steps) => reader.Finds(
        $"finds no pause at steps {string.Join(", ", steps)}",
        $"Rollout of '{reader.Stage.Names.Namespace}'",
        "paused at a step that was to be skipped",
        "no pause there",
        () =>
        {
            var paused = reader.Versions().Where(one => one.Phase == "Paused").Select(one => one.Step).Distinct().Order().ToList();
            var wrong = paused.Where(step => steps.Contains(step)).ToList();
            return ($"paused at {string.Join(", ", paused)}", wrong.Count == 0 ? null : $"paused at {string.Join(", ", wrong)}");
        });

    /// <summary>Every request since <paramref name="from"/> was answered with a colour.</summary>
    public static Task FindsNoFailedRequest(this Reader reader, HostTraffic host, DateTimeOffset from) => reader.Finds(
        $"finds no failed request at {host.Host}",
        $"Host '{host.Host}'",
        "did not answer every request",
        "a colour in every answer",
        () =>
        {
            var answers = host.Since(from);
            var failed = answers.Where(answer => answer.Colour is null).ToList();
            return (
                AnswerRun.Text(AnswerRun.Of(answers)),
                answers.Count == 0 ? "the host was never asked" : failed.Count == 0 ? null : $"{failed.Count} of {answers.Count} failed: {failed[0].Shown}");
        });

    /// <summary>
    /// The size of each pause: the one that lasted longest in it. Rollouts and ReplicaSets come by watches of their own, so that at a pause's
    /// beginning and end those of the step before or after may be seen for a moment.
    /// </summary>
    private static IEnumerable<string> PausedSizes(this Reader reader)
    {
        var all = reader.Stage.History.Timeline.Since();
        var versions = reader.Versions();
        for (var index = 0; index < versions.Count; index++)
        {
            var began = versions[index];
            if (began.Phase != "Paused" || (index > 0 && versions[index - 1] is { Phase: "Paused" } before && before.Step == began.Step))
            {
                continue;
            }

            var until = versions.Skip(index).FirstOrDefault(one => one.Phase != "Paused" || one.Step != began.Step)?.Seen ?? all[^1];
            var during = all.SkipWhile(seen => seen != began.Seen).TakeWhile(seen => seen != until).Append(until).ToList();
            yield return during.Zip(during.Skip(1), (seen, next) => (Size: Sizes(seen), Lasted: next.At - seen.At))
                .GroupBy(one => one.Size)
                .MaxBy(same => same.Sum(one => one.Lasted.Ticks))?.Key ?? Sizes(began.Seen);
        }
    }

    private static List<Version> Versions(this Reader reader) =>
    [
        .. from seen in reader.Stage.History.Timeline.Since()
           where seen.Key.Kind == "Rollout"
           select new Version(seen, FieldPath.Read(seen.Object.Json, ".status.phase")?.ToString(), Views.Number(seen.Object.Json, ".status.currentStepIndex")),
    ];

    private static string Sizes(Observation seen) => string.Join(
        ", ",
        from set in seen.State
        where set.Key.Kind == "ReplicaSet"
        let replicas = Views.Number(set.Value.Json, ".spec.replicas")
        where replicas > 0
        orderby Views.Colour(set.Value.Json)
        select $"{replicas} {Views.Colour(set.Value.Json)}");

    private sealed record Version(Observation Seen, string? Phase, int Step);
}
