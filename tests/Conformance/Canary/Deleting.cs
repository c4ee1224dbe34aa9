using Conformance.Language;
using Conformance.Running;
using Controllers.Runtime.Client;
using static Conformance.Language.Duration;

namespace Conformance.Canary;

/// <summary>R15: DELETE.</summary>
public sealed class Deleting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "CAN-04",
        "Deletes the application while its canary is paused, so that two ReplicaSets must go, and looks for anything left.",
        Rows = ["R15"],
        Catches = ["a finalizer that is stuck", "ReplicaSets or pods that outlive their Rollout"])]
    public Task Deleting_a_paused_canary_leaves_nothing_of_it() => PlayAsync(CanaryStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        await reader.BringsGreenToThePause();
        await reader.DeletesTheApplication();
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(120));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(120));
        await reader.KeepsSeeing(reader.Stage.Contents(), Has.Nothing, during: Seconds(10));
        await reader.Sees(reader.Active.Subject, Is.Answering("404 Not Found"), within: Seconds(30));
    });
    [Scenario(
        "CAN-11",
        "Deletes an application whose Service somebody else holds by a finalizer: all else goes, the Service and with it the application stay in deletion and name the holder, until they are released.",
        Refuses = ["R15"],
        Catches = ["an application that is gone while its resources are not", "a deletion that does not go on when what held it is released"])]
    public Task A_resource_that_somebody_holds_keeps_the_application_in_deletion() => PlayAsync(CanaryStory.Path, async reader =>
    {
        const string holder = "example.com/hold";
        await reader.Pushes("one pod", "rollout.yaml", "replicas: 10\n", "replicas: 1\n");
        await reader.Pushes("a finalizer of somebody else", "service.yaml", "  name: handson\n", $"  name: handson\n  finalizers: [{holder}]\n");
        await reader.DeploysTheApplication();
        await reader.DeletesTheApplication();
        await reader.Sees(reader.Stage.Contents(), Has.OnlyAService, within: Seconds(120));
        await reader.Sees(reader.Service, Is.HeldBy(holder), within: Seconds(10));
        await reader.KeepsSeeing(reader.Application, Is.Deleting, during: Seconds(10));
        await reader.Releases(Resources.Services.As<Unstructured>(), "handson");
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(240));
        await reader.Sees(reader.Stage.Contents(), Has.Nothing, within: Seconds(30));
    });
}
