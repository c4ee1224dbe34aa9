using System.Text.Json.Nodes;
using Conformance.Canary;
using Conformance.Language;
using Conformance.Running;
using Controllers.Runtime.Client;
using Fixtures.Clusters.Upgrading;
using Fixtures.Observing;
using Fixtures.Waiting;
using k8s.Models;
using static Conformance.Language.Duration;

namespace Conformance.Upgrading;

/// <summary>R24 refused: the new version cannot be had. The run's one controller is upgraded; what serves it now must go on serving it.</summary>
public sealed class InVain(SuiteRun suite) : Scenario(suite)
{
    private const string Controller = "argo-rollouts";
    private const string Missing = "registry.example.com/nowhere/argo-rollouts";

    private static readonly Resource<Unstructured> Deployments = Resources.Deployments.As<Unstructured>();

    [Scenario(
        "UP-03",
        "Upgrades the controller to an image that no registry has while a canary is paused: the new pod waits for its image, the old ones go on leading, and the canary is promoted as if nothing were.",
        Refuses = ["R24"],
        Catches = ["an upgrade that takes the running controller down before the new one is there", "RO-05: a leader that steps back for a pod that never starts"])]
    public async Task An_upgrade_to_a_version_that_is_not_there_leaves_the_running_one_at_work()
    {
        using var turn = await TheController.TurnAsync(TestContext.Current.CancellationToken);
        await PlayAsync(CanaryStory.Path, async reader =>
        {
            var upgrade = Upgrade.Rehearsal(UpgradedPart.Rollouts);
            await reader.WatchesTheController(upgrade);
            await reader.Stage.History.WatchAsync(Deployments, upgrade.Namespace, Controller, reader.Stop);
            var deployment = reader.Stage.History.Object(new("Deployment", upgrade.Namespace, Controller));
            var newPod = NewPod(reader, upgrade.Namespace);
            var before = await reader.Stage.Cluster.Api.GetAsync(Resources.Deployments, upgrade.Namespace, Controller, reader.Stop);
            await reader.Pushes("two pods", "rollout.yaml", "replicas: 10\n", "replicas: 2\n");
            await reader.DeploysBlue();
            await reader.BringsGreenToThePause();

            try
            {
                await SetImage(reader, upgrade.Namespace, before, $"upgrades the controller to {Missing}", $"{Missing}:{upgrade.To}", reader.Stop);
                await reader.Sees(newPod, Is.WaitingForItsImage, within: Seconds(60));
                await reader.Sees(deployment, StillServing(before.Spec.Replicas ?? 1), within: Seconds(30));
                await reader.Chooses("promote-full");
                await reader.Sees(reader.Rollout, Is.HealthyRollout.And(Is.AtStep(2)), within: Seconds(60));
                await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
                await reader.Sees(newPod, Is.WaitingForItsImage, within: Seconds(1));
            }
            finally
            {
                await SetImage(reader, upgrade.Namespace, before, "takes the upgrade back", null, CancellationToken.None); // also when the run is stopped
            }

            await reader.Sees(newPod, Is.Gone, within: Seconds(60));
            await reader.Sees(deployment, Is.ReadyDeployment(before.Spec.Replicas ?? 1), within: Seconds(60));
        });
    }

    private static Subject<Observation> NewPod(Reader reader, string @namespace) => reader.Stage.History.View("The new controller's pod", ["Pod"], state => state
        .Where(entry => entry.Key.Kind == "Pod" && entry.Key.Namespace == @namespace && $"{FieldPath.Read(entry.Value.Json, ".spec.containers[0].image")}".StartsWith(Missing, StringComparison.Ordinal))
        .Select(entry => entry.Value.Json)
        .FirstOrDefault());

    private static Expectation StillServing(int replicas) => Field.Expect(
        $"serving with {replicas} pods of the old version", Field.Is(".status.readyReplicas", replicas), Field.Is(".status.updatedReplicas", 1), Field.Is(".status.unavailableReplicas", 1));

    private static Task SetImage(Reader reader, string @namespace, V1Deployment before, string words, string? image, CancellationToken stop)
    {
        var container = before.Spec.Template.Spec.Containers[0];
        return reader.Step(words, () => reader.Stage.Cluster.Api.PatchAsync(
            Deployments,
            @namespace,
            Controller,
            Patch.Strategic(new()
            {
                ["spec"] = new JsonObject
                {
                    ["template"] = new JsonObject
                    {
                        ["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = container.Name, ["image"] = image ?? container.Image }) },
                    },
                },
            }),
            cancel: stop));
    }
}
