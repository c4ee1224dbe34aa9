using Conformance.BlueGreen;
using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BadInput;

/// <summary>Mistakes in the Rollout: the API takes them, the controller does not.</summary>
public sealed class WrongRollouts(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BI-03",
        "Names an active service that does not exist: the Rollout is Degraded with the reason, blue stays live, and the correction heals it.",
        Refuses = ["R8"],
        Pods = 4,
        Catches = ["an invalid spec that is acted upon", "an InvalidSpec condition that stays after it is mended"])]
    public Task A_service_that_does_not_exist_makes_the_Rollout_invalid_until_it_is_mended() => PlayAsync(BlueGreenStory.Path, reader => MakesAndMends(
        reader,
        "an active service that does not exist",
        "activeService: handson\n",
        "activeService: nowhere\n",
        "The Rollout \"handson\" is invalid: spec.strategy.blueGreen.activeService: Invalid value: \"nowhere\": service \"nowhere\" not found"));

    [Scenario(
        "BI-04",
        "Adds a canary strategy beside blue/green: the Rollout is Degraded with the reason, blue stays live, and the correction heals it.",
        Refuses = ["R8"],
        Pods = 4,
        Catches = ["a controller that picks one of two strategies"])]
    public Task Two_strategies_make_the_Rollout_invalid_until_it_is_mended() => PlayAsync(BlueGreenStory.Path, reader => MakesAndMends(
        reader, "a second strategy", "  strategy:\n", "  strategy:\n    canary: {}\n", "Multiple Strategies can not be listed"));

    private static async Task MakesAndMends(Reader reader, string mistake, string right, string wrong, string reason)
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.PushesTheEdit(mistake, text => text.Replace(right, wrong));
        await reader.PressesRefresh();
        await reader.PressesSync();
        await reader.Sees(reader.Rollout, Is.Invalid(reason), within: Seconds(60));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.PushesTheEdit("the correction", text => text.Replace(wrong, right));
        await reader.PressesRefresh();
        await reader.PressesSync();
        await reader.Sees(reader.Rollout, Is.HealthyRollout.And(Is.Valid), within: Seconds(60));
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(60));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    }
}
