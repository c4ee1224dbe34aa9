using System.Net;
using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R11: DELETE.</summary>
public sealed class Deleting(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BG-06",
        "Deletes the application while an update is paused, so that two ReplicaSets must go, and looks for anything left.",
        Rows = ["R11"],
        Pods = 4,
        Catches = ["a finalizer that is stuck", "ReplicaSets or pods that outlive their Rollout"])]
    public Task Deleting_the_application_leaves_nothing_of_it() => PlayAsync(BlueGreenStory.Path, async reader =>
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
        "BG-11",
        "Deletes under a wrong name, then with contradictory choices, and then without cascade: the first two are refused, the last takes the application and leaves what it deployed, which a new application of that name takes over.",
        Refuses = ["R11"],
        Catches = ["a delete without cascade that takes the workload along", "a name that is not there and is deleted all the same", "resources that a new application does not know again"])]
    public Task Deleting_without_cascade_keeps_what_was_deployed() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.Pushes("one pod", "rollout.yaml", "replicas: 10\n", "replicas: 1\n");
        await reader.DeploysBlue();
        var deployed = reader.Now;
        var pods = Has.Pods(Views.PodNames(reader.Stage.History.State));
        await reader.CannotDelete("an application that is not there", $"{reader.Stage.Names.Application}-s", new(), HttpStatusCode.Forbidden, "permission denied");
        await reader.CannotDelete(
            "a propagation policy without cascade",
            reader.Stage.Names.Application,
            new(Cascade: false, "foreground"),
            HttpStatusCode.BadRequest,
            "cannot set propagation policy when cascading is disabled");
        await reader.DeletesTheApplication(new(Cascade: false, null));
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(60));
        await reader.KeepsSeeing(reader.Stage.Pods(), pods, during: Seconds(10));
        await reader.CreatesTheApplication();
        await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(60));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });
}
