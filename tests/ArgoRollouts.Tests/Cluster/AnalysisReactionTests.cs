using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>How a Rollout starts analyses and what it does about their outcome. The outcome is written by the tests: the metric never comes to measuring.</summary>
public sealed class AnalysisReactionTests(RolloutsCluster cluster)
{
    private const string Template = """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata: { name: check }
        spec:
          args: [{ name: hash }]
          metrics:
            - { name: wait, initialDelay: 10h, provider: { web: { url: "http://{{args.hash}}" } } }
        """;

    private const string Analysis = "{ templates: [{ templateName: check }], args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }] }";

    [Fact]
    public async Task A_prePromotionAnalysis_is_awaited_and_its_success_promotes()
    {
        const string more = $"prePromotionAnalysis: {Analysis}";
        var ns = await HealthyAsync(Demo.BlueGreen("blue", more));
        var blue = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", more));

        var waiting = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.BlueGreen.PrePromotionAnalysisRunStatus?.Status == AnalysisPhase.Running);
        var run = await RunAsync(ns, waiting.Status.BlueGreen.PrePromotionAnalysisRunStatus!.Name);
        run.Metadata.Name.Should().Be($"demo-{waiting.Status.CurrentPodHash}-2-pre");
        run.Metadata.Labels.Should().Contain("rollout-type", "PrePromotion").And.Contain(RolloutsKeys.PodTemplateHash, waiting.Status.CurrentPodHash).And.Contain("app", "demo");
        run.Metadata.Annotations.Should().Contain(RolloutsKeys.Revision, "2");
        run.Metadata.OwnerReferences.Should().ContainSingle().Which.Kind.Should().Be("Rollout");
        run.Spec.Args.Should().ContainSingle().Which.Value.Should().Be(waiting.Status.CurrentPodHash);
        waiting.Status.BlueGreen.ActiveSelector.Should().Be(blue);
        waiting.Status.PauseConditions.Should().BeNull();

        await EndAsync(ns, run, AnalysisPhase.Successful);

        (await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy && rollout.Status.StableRS != blue))
            .Status.BlueGreen.ActiveSelector.Should().Be(waiting.Status.CurrentPodHash);
    }

    [Fact]
    public async Task A_failed_postPromotionAnalysis_switches_back()
    {
        const string more = $"postPromotionAnalysis: {Analysis}";
        var ns = await HealthyAsync(Demo.BlueGreen("blue", more));
        var blue = (await cluster.RolloutAsync(ns, "demo", _ => true)).Status.StableRS;
        await cluster.ApplyAsync(ns, Demo.BlueGreen("green", more));
        var waiting = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.BlueGreen.PostPromotionAnalysisRunStatus?.Status == AnalysisPhase.Running);
        waiting.Status.BlueGreen.ActiveSelector.Should().Be(waiting.Status.CurrentPodHash);
        waiting.Status.Message.Should().Be("waiting for analysis to complete");
        waiting.Status.StableRS.Should().Be(blue);

        await EndAsync(ns, await RunAsync(ns, $"demo-{waiting.Status.CurrentPodHash}-2-post"), AnalysisPhase.Failed, "metric said no");

        var aborted = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded && rollout.Status.BlueGreen.ActiveSelector == blue);
        aborted.Status.Message.Should().Be(
            "RolloutAborted: Rollout aborted update to revision 2: Blue/green post-promotion analysis phase error/failed: metric said no");
        (await cluster.ListAsync(Resources.Events, ns)).Should().Contain(told =>
            told.Type == "Warning" && told.Reason == "AnalysisRunFailed" && told.Message == $"PostPromotion Analysis Run 'demo-{waiting.Status.CurrentPodHash}-2-post' Status New: 'Failed' Previous: 'Running'");
    }

    [Fact]
    public async Task An_inconclusive_step_pauses_and_a_resumption_analyses_again()
    {
        const string steps = $"{{ setWeight: 20 }}, {{ analysis: {Analysis} }}";
        var ns = await HealthyAsync(Demo.Canary("blue", steps));
        await cluster.ApplyAsync(ns, Demo.Canary("green", steps));
        var waiting = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Canary.CurrentStepAnalysisRunStatus?.Status == AnalysisPhase.Running);
        var name = $"demo-{waiting.Status.CurrentPodHash}-2-1";
        (await RunAsync(ns, name)).Metadata.Labels.Should().Contain("rollout-type", "Step").And.Contain("step-index", "1");

        await EndAsync(ns, await RunAsync(ns, name), AnalysisPhase.Inconclusive);
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused);
        paused.Status.Message.Should().Be("InconclusiveAnalysisRun");

        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Canary.CurrentStepAnalysisRunStatus?.Name == $"{name}.1");
        await EndAsync(ns, await RunAsync(ns, $"{name}.1"), AnalysisPhase.Successful);

        (await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy)).Status.StableRS.Should().Be(waiting.Status.CurrentPodHash);
    }

    [Fact]
    public async Task A_failed_background_analysis_aborts_and_a_retry_starts_a_new_one_that_ends_with_the_update()
    {
        const string steps = "{ setWeight: 20 }, { pause: {} }";
        var ns = await HealthyAsync(Demo.Canary("blue", steps, more: $"analysis: {Analysis}"));
        await cluster.ApplyAsync(ns, Demo.Canary("green", steps, more: $"analysis: {Analysis}"));
        var paused = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused && rollout.Status.Canary.CurrentBackgroundAnalysisRunStatus?.Status == AnalysisPhase.Running);
        var name = $"demo-{paused.Status.CurrentPodHash}-2";

        await EndAsync(ns, await RunAsync(ns, name), AnalysisPhase.Error);
        var aborted = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded);
        aborted.Status.Message.Should().Be("RolloutAborted: Rollout aborted update to revision 2: Background analysis phase error/failed");

        await cluster.PatchStatusAsync(ns, """{"abort":false}""");
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Paused && rollout.Status.Canary.CurrentBackgroundAnalysisRunStatus?.Name == $"{name}.1");
        await cluster.PatchStatusAsync(ns, """{"pauseConditions":null}""");
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        (await cluster.EventuallyAsync(RolloutsResources.AnalysisRuns, ns, $"{name}.1", run => run.Spec.Terminate)).Metadata.Labels.Should().Contain("rollout-type", "Background");
    }

    private async Task<string> HealthyAsync(string rollout)
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Template);
        await cluster.ApplyAsync(ns, rollout);
        await cluster.RolloutAsync(ns, "demo", found => found.Status.Phase == RolloutPhase.Healthy);
        return ns;
    }

    private Task<AnalysisRun> RunAsync(string ns, string name)
        => cluster.EventuallyAsync(RolloutsResources.AnalysisRuns, ns, name, run => run.Status.Phase == AnalysisPhase.Running);

    private Task EndAsync(string ns, AnalysisRun run, string phase, string message = "")
        => cluster.Client.PatchAsync(
            RolloutsResources.AnalysisRuns,
            ns,
            run.Metadata.Name,
            Patch.Merge(new JsonObject { ["status"] = new JsonObject { ["phase"] = phase, ["message"] = message } }));
}
