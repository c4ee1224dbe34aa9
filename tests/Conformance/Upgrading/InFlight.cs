using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using Fixtures.Clusters.Upgrading;
using Fixtures.Observing;
using Fixtures.Waiting;
using FluentAssertions;
using static Conformance.Language.Duration;

namespace Conformance.Upgrading;

/// <summary>R24: the controller is replaced while rollouts are in every state in which they can wait.</summary>
public sealed class InFlight(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "upgrade";

    /// <summary>The files of manifests/upgrade.</summary>
    private static readonly string[] All = ["idle", "paused", "aborted", "waiting", "cooling", "analysing", "watched"];

    [Scenario(
        "UP-01",
        "Leaves rollouts idle, paused at a step, aborted, waiting for a promotion, within their scale-down delay, in the middle of a Job's analysis and "
        + "beside an endless one; replaces the controller; sees that none is touched; and then brings each to its end.",
        Rows = ["R24"],
        Catches =
        [
            "RO-01, RO-02: a new hash for an unchanged template, and with it a new ReplicaSet and new pods",
            "RO-05: ready pods of the new version of which none leads",
            "RO-06: a second analysis for a step that has one",
            "RO-26: a scale-down deadline that the new version does not know",
        ])]
    public Task An_upgrade_of_the_controller_touches_no_rollout_and_each_goes_on() => PlayBeforeAnUpgradeAsync(UpgradedPart.Rollouts, Path, PlayAsync);

    [Scenario(
        "SC-02",
        "Plays UP-01 with a new version that reads the template of one idle rollout differently, and so makes another ReplicaSet of it: it must fail where it looks "
        + "whether the rollouts are untouched, and name the rollout and what changed of it.",
        Rows = ["R24"],
        IsLong = true,
        Catches = ["an upgrade scenario that passes although pods were replaced"])]
    public Task An_upgrade_that_replaces_pods_fails_the_upgrade_scenario() => PlayBeforeAnUpgradeAsync(
        UpgradedPart.Rollouts,
        Path,
        async (reader, upgrade) =>
        {
            var story = () => PlayAsync(reader.Rehearsing(), upgrade, rehearsed => rehearsed.ReadsTheTemplateDifferently("idle"));

            var failure = (await story.Should().ThrowAsync<WaitFailedException>()).Which;
            failure.Message.Should().StartWith($"Rollouts of '{reader.Stage.Names.Namespace}' did not stay as before the upgrade ");
            failure.Message.Should().MatchRegex(@"differs   \.idle\.\w+ ", "of all the rollouts it is the one that was touched");
        },
        Capability.Sabotage);

    private static Task PlayAsync(Reader reader, Upgrade upgrade) => PlayAsync(reader, upgrade, _ => Task.CompletedTask);

    /// <param name="reader">Who plays.</param>
    /// <param name="upgrade">From what to what.</param>
    /// <param name="fault">What the new version does that it must not.</param>
    private static async Task PlayAsync(Reader reader, Upgrade upgrade, Func<Reader, Task> fault)
    {
        await reader.WatchesTheController(upgrade);
        await reader.Sees(reader.Stage.Leader(upgrade.Namespace), FleetExpectations.Leading(upgrade.From), within: Seconds(60));
        await BringsEachToItsState(reader);
        await UpgradesAndFindsThemUntouched(reader, upgrade, fault);
        await BringsEachToItsEnd(reader);
    }

    private static async Task BringsEachToItsState(Reader reader)
    {
        await reader.AppliesTheRollouts();
        await SeesAll(reader, FleetExpectations.HealthyOn(1), All);
        await reader.Updates("green", "paused", "aborted", "waiting", "analysing", "watched");
        await reader.Sees(Rollout(reader, "aborted"), Is.PausedAtStep(1), within: Seconds(60));
        await reader.Aborts("aborted");
        await reader.Sees(Rollout(reader, "paused"), Is.PausedAtStep(1), within: Seconds(60));
        await reader.Sees(Rollout(reader, "watched"), Is.PausedAtStep(1), within: Seconds(60));
        await reader.Sees(Rollout(reader, "waiting"), Is.Paused("BlueGreenPause"), within: Seconds(60));
        await reader.Sees(Rollout(reader, "aborted"), Is.Aborted(revision: 2), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSet("aborted", "green"), FleetExpectations.WithoutPods, within: Seconds(90));
        await reader.Sees(reader.Stage.AnalysisRunOf("analysing"), FleetExpectations.OneRun("Running"), within: Seconds(60));
        await reader.Sees(reader.Stage.AnalysisRunOf("watched"), FleetExpectations.OneRun("Running").And(FleetExpectations.MeasuredAfter(0)), within: Seconds(60));
        await reader.Updates("green", "cooling"); // last: its delay runs
        await reader.Sees(Rollout(reader, "cooling"), FleetExpectations.HealthyOn(2), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSet("cooling", "blue"), FleetExpectations.WithDeadline, within: Seconds(30));
    }

    private static async Task UpgradesAndFindsThemUntouched(Reader reader, Upgrade upgrade, Func<Reader, Task> fault)
    {
        var standing = reader.Stage.Standing();
        await reader.Sees(
            standing, FleetExpectations.AtRest(("idle", 2), ("paused", 2), ("aborted", 2), ("waiting", 4), ("analysing", 2), ("watched", 2)), within: Seconds(60));
        var untouched = FleetExpectations.Untouched(reader.Now(standing), "cooling.pods", "cooling.size"); // whose delay may end meanwhile
        await reader.KeepsSeeing(standing, untouched, $"while {upgrade.Product} is upgraded", async () =>
        {
            await reader.Step($"upgrades {upgrade}", () => reader.Stage.Cluster.UpgradeAsync(upgrade, reader.Stop));
            await fault(reader);
            await reader.Sees(reader.Stage.Leader(upgrade.Namespace), FleetExpectations.Leading(upgrade.To), within: Seconds(120));
            var count = reader.Now(reader.Stage.AnalysisRunOf("watched"))["count"]!.GetValue<int>();
            await reader.Sees(reader.Stage.AnalysisRunOf("watched"), FleetExpectations.MeasuredAfter(count), within: Seconds(60)); // the new one works
        });
        await reader.KeepsSeeing(standing, untouched, during: Seconds(20));
        await reader.Sees(reader.Stage.AnalysisRunOf("analysing"), FleetExpectations.OneRun("Running"), within: Seconds(10));
    }

    private static async Task BringsEachToItsEnd(Reader reader)
    {
        var first = reader.Now(reader.Stage.ReplicaSet("idle", "blue"))["uid"]!.ToString();
        await reader.Promotes("paused", "waiting", "watched");
        await reader.Retries("aborted");
        await reader.LetsTheJobSucceed();
        await reader.Updates("green", "idle");
        await reader.Sees(Rollout(reader, "aborted"), Is.PausedAtStep(1), within: Seconds(60));
        await reader.Promotes("aborted");
        await SeesAll(reader, FleetExpectations.HealthyOn(2), All);
        await reader.Sees(reader.Stage.AnalysisRunOf("analysing"), FleetExpectations.OneRun("Successful"), within: Seconds(30));
        await reader.Sees(reader.Stage.AnalysisRunOf("watched"), FleetExpectations.OneRun("Successful"), within: Seconds(30));
        await reader.Updates("blue", "idle");
        await reader.Sees(Rollout(reader, "idle"), FleetExpectations.HealthyOn(3), within: Seconds(60));
        await reader.Sees(reader.Stage.ReplicaSet("idle", "blue"), Field.Expect("the one it was", Field.Is(".uid", first)), within: Seconds(10));
        await reader.Sees(reader.Stage.ReplicaSet("cooling", "blue"), FleetExpectations.WithoutPods, within: Seconds(180));
        await reader.FindsTheDeadlineKept("cooling", "blue");
        await reader.FindsTwoReplicaSetsOfEach(All);
    }

    private static async Task SeesAll(Reader reader, Expectation expectation, string[] rollouts)
    {
        foreach (var rollout in rollouts)
        {
            await reader.Sees(Rollout(reader, rollout), expectation, within: Seconds(120));
        }
    }

    private static Subject<Observation> Rollout(Reader reader, string name) => reader.Stage.Rollout(name);
}
