using Conformance.BlueGreen;
using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using Fixtures.Clusters.Upgrading;
using Fixtures.Waiting;
using FluentAssertions;
using static Conformance.Language.Duration;

namespace Conformance.Upgrading;

/// <summary>R24: Argo CD is replaced between a push and its Sync.</summary>
public sealed class InDelivery(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "UP-02",
        "Leaves blue/green waiting for its promotion and a further push that is not synced; replaces Argo CD; sees that nothing is deployed by itself and "
        + "who was logged in still is; and then syncs, promotes and sees it through.",
        Rows = ["R24"],
        Catches =
        [
            "an Argo CD that syncs by itself what waits for a person when it starts",
            "a session, or a connected repository, that an upgrade ends",
            "an application whose state the new version does not take over",
        ])]
    public Task An_upgrade_of_Argo_CD_deploys_nothing_and_the_delivery_goes_on() => PlayBeforeAnUpgradeAsync(UpgradedPart.ArgoCd, BlueGreenStory.Path, PlayAsync);

    [Scenario(
        "SC-03",
        "Plays UP-02 with a new version that syncs what waits for a person: it must fail where it looks for another operation.",
        Rows = ["R24"],
        Catches = ["an upgrade scenario that passes although something was deployed"])]
    public Task An_upgrade_that_deploys_fails_the_upgrade_scenario() => PlayBeforeAnUpgradeAsync(
        UpgradedPart.ArgoCd,
        BlueGreenStory.Path,
        async (reader, upgrade) =>
        {
            var story = () => PlayAsync(reader.Rehearsing(), upgrade, rehearsed => rehearsed.PressesSync());

            var failure = (await story.Should().ThrowAsync<WaitFailedException>()).Which;
            failure.Message.Should().MatchRegex(
                $"^(Operation of application '{reader.Stage.Names.Application}' did not stay the one before the upgrade"
                + $"|Rollouts of '{reader.Stage.Names.Namespace}' did not stay as before the upgrade) ");
        },
        Capability.Sabotage);

    private static Task PlayAsync(Reader reader, Upgrade upgrade) => PlayAsync(reader, upgrade, _ => Task.CompletedTask);

    /// <param name="reader">Who plays.</param>
    /// <param name="upgrade">From what to what.</param>
    /// <param name="fault">What the new version does that it must not.</param>
    private static async Task PlayAsync(Reader reader, Upgrade upgrade, Func<Reader, Task> fault)
    {
        await reader.WatchesThePods(upgrade);
        await reader.Sees(reader.Stage.Versions(upgrade), DeliverySubjects.AllOf(upgrade.From), within: Seconds(60));
        await reader.ConnectsTheRepository();
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.BringsGreenToThePause();
        await reader.Pushes("yellow", instead: "green");
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.Suspended), within: Seconds(60));

        await Upgrades(reader, upgrade, fault);

        await reader.IsStillLetIn();
        await reader.FindsTheRepository("Successful");
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.Suspended).And(Is.ComparedTo(reader.Commit)), within: Seconds(60));
        await reader.PressesSync();
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.Suspended), within: Seconds(120));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("yellow", reader.Pods), within: Seconds(60));
        await reader.Sees(reader.Rollout, Is.Paused("BlueGreenPause"), within: Seconds(60));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
        await reader.Chooses("promote-full");
        await reader.Sees(reader.Active.Subject, Is.Answering("yellow"), within: Seconds(60));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(60));
    }

    private static async Task Upgrades(Reader reader, Upgrade upgrade, Func<Reader, Task> fault)
    {
        var (standing, operation) = (reader.Stage.Standing(), reader.Stage.Operation());
        await reader.Sees(standing, FleetExpectations.AtRest(("handson", 2 * reader.Pods)), within: Seconds(60));
        var (untouched, noOther) = (FleetExpectations.Untouched(reader.Now(standing)), DeliverySubjects.NoOther(reader.Now(operation)));
        await reader.KeepsSeeing(standing, untouched, $"while {upgrade.Product} is upgraded", () => reader.KeepsSeeing(
            operation,
            noOther,
            $"while {upgrade.Product} is upgraded",
            async () =>
            {
                await reader.Step($"upgrades {upgrade}", () => reader.Stage.Cluster.UpgradeAsync(upgrade, reader.Stop));
                await fault(reader);
                await reader.Sees(reader.Stage.Versions(upgrade), DeliverySubjects.AllOf(upgrade.To), within: Seconds(120));
            }));
        await reader.KeepsSeeing(standing, untouched, during: Seconds(20));
        await reader.KeepsSeeing(operation, noOther, during: Seconds(1));
    }
}
