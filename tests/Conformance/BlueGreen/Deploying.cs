using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.BlueGreen;

/// <summary>R5 and R6: a new application, and its first sync.</summary>
public sealed class Deploying(SuiteRun suite) : Scenario(suite)
{
    private const string Replicas = "replicas: 10\n";

    [Scenario(
        "BG-01",
        "Creates the application with manual sync, and watches its namespace for longer than a comparison takes.",
        Rows = ["R5"],
        Catches = ["a sync policy that is not honoured", "resources applied by the comparison"])]
    public Task A_new_application_deploys_nothing_before_Sync() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.CreatesTheApplication();
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.Missing), within: Seconds(30));
        await reader.KeepsSeeing(reader.Stage.Contents(), Has.Nothing, during: Seconds(30));
        await reader.Sees(reader.Application, Is.OutOfSync.And(Is.Missing), within: Seconds(1));
    });

    [Scenario(
        "BG-02",
        "Syncs the new application and opens both hosts: the active and the preview service select the same, first ReplicaSet.",
        Rows = ["R6"],
        Catches = ["CD-01: health that does not follow the Rollout's phase", "a preview service left without endpoints on the first deploy"])]
    public Task Sync_deploys_blue_and_both_hosts_answer_it() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        await reader.Sees(reader.Rollout, Is.HealthyRollout, within: Seconds(10));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", reader.Pods), within: Seconds(10));
        await reader.FindsInTheTree(("Rollout", 1), ("ReplicaSet", 1), ("Pod", reader.Pods), ("Service", 2), ("Ingress", 2));
        var deployed = reader.Now;
        await reader.KeepsSeeing(reader.Application, Is.Synced.And(Is.HealthyApplication), during: Seconds(10));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
        await reader.FindsOnly(reader.Preview, "blue", from: deployed);
    });
    [Scenario(
        "BG-09",
        "Syncs a Rollout whose replicas are a word: the sync fails with the API server's words, no workload comes of it, and the correction deploys.",
        Refuses = ["R6"],
        Catches = ["a sync that is shown as done although an object was refused", "a refusal without its words", "an application that a failed sync leaves stuck"])]
    public Task A_sync_that_the_API_server_refuses_deploys_nothing_and_says_why() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.Pushes("replicas that are a word", "rollout.yaml", Replicas, "replicas: ten\n");
        await reader.CreatesTheApplication();
        await reader.Sees(reader.Application, Is.OutOfSync, within: Seconds(30));
        await reader.PressesSync();
        await reader.Sees(reader.Application, Is.FailedSync("Rollout", "spec.replicas in body must be of type integer: \"string\"").And(Is.OutOfSync), within: Seconds(60));
        await reader.KeepsSeeing(reader.Stage.Contents(), Has.NoWorkload, during: Seconds(5));

        await reader.Pushes("the correction", "rollout.yaml", "replicas: ten\n", "replicas: 1\n");
        await reader.PressesRefresh();
        await reader.PressesSync();
        await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(120));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full("blue", 1), within: Seconds(10));
    });
}
