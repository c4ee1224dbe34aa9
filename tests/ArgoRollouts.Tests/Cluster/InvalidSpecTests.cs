using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>Bad input ends as a condition in upstream's words, and is over when what was missing is there.</summary>
public sealed class InvalidSpecTests(RolloutsCluster cluster)
{
    [Fact]
    public async Task A_missing_service_is_told_and_the_rollout_goes_on_when_it_comes()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue"));

        var invalid = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded);
        invalid.Status.Message.Should().Be(
            "InvalidSpec: The Rollout \"demo\" is invalid: spec.strategy.blueGreen.activeService: Invalid value: \"active\": service \"active\" not found");
        invalid.Status.Conditions!.Single().Should().Match<RolloutCondition>(condition => condition.Type == "InvalidSpec" && condition.Status == "True" && condition.Reason == "InvalidSpec");

        await cluster.ApplyAsync(ns, Demo.Services);
        var healthy = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
        healthy.Status.Conditions.Should().NotContain(condition => condition.Type == RolloutConditionType.InvalidSpec);
    }

    [Theory]
    [InlineData("{ blueGreen: { activeService: active }, canary: {} }", "spec.strategy.strategy: Invalid value: \"blueGreen: true canary: true\": Multiple Strategies can not be listed")]
    [InlineData("{}", "spec.strategy.strategy: Required value: Rollout has missing field '.spec.strategy.canary or .spec.strategy.blueGreen'")]
    [InlineData("{ canary: { steps: [{ setWeight: 120 }] } }", "spec.strategy.steps[0].setWeight: Invalid value: 120: SetWeight needs to be between 0 and 100")]
    [InlineData("{ canary: { analysis: { templates: [{ templateName: nowhere }] } } }", "spec.strategy.canary.analysis.templates: Invalid value: \"nowhere\": AnalysisTemplate 'nowhere' not found")]
    public async Task A_wrong_strategy_is_told(string strategy, string message)
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.Rollout("blue", strategy));

        var invalid = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded);

        invalid.Status.Message.Should().Be($"InvalidSpec: The Rollout \"demo\" is invalid: {message}");
    }

    [Theory]
    [InlineData("{ canary: { analysis: { templates: [{ templateName: nowhere, clusterScope: true }] } } }", "spec.strategy.canary.analysis.templates: Invalid value: \"nowhere\": ClusterAnalysisTemplate 'nowhere' not found")]
    [InlineData("{ canary: { analysis: { templates: [{ templateName: check }] } } }", "spec.strategy.canary.analysis.templates: Invalid value: \"templateNames: [check]\": args.host was not resolved")]
    [InlineData("{ blueGreen: { activeService: active, prePromotionAnalysis: { templates: [{ templateName: check }] } } }",
        "spec.strategy.blueGreen.prePromotionAnalysis.templates: Invalid value: \"templateNames: [check]\": args.host was not resolved")]
    [InlineData("{ blueGreen: { activeService: active, prePromotionAnalysis: { templates: [{ templateName: check }], args: [{ name: host, valueFrom: { fieldRef: { fieldPath: metadata.nowhere } } }] } } }",
        "spec.strategy.blueGreen.prePromotionAnalysis.templates: Invalid value: \"templateNames: [check]\": args.host was not resolved")]
    public async Task An_analysis_that_lacks_its_template_or_an_argument_is_told(string strategy, string message)
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, """
            apiVersion: argoproj.io/v1alpha1
            kind: AnalysisTemplate
            metadata: { name: check }
            spec:
              args: [{ name: host }]
              metrics: [{ name: m, provider: { web: { url: "http://{{args.host}}" } } }]
            """);
        await cluster.ApplyAsync(ns, Demo.Rollout("blue", strategy));

        var invalid = await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Degraded);

        invalid.Status.Message.Should().Be($"InvalidSpec: The Rollout \"demo\" is invalid: {message}");
    }

    [Fact]
    public async Task Two_rollouts_cannot_share_a_service()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(ns, Demo.Services);
        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue"));
        await cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);

        await cluster.ApplyAsync(ns, Demo.BlueGreen("blue").Replace("name: demo }\nspec", "name: other }\nspec"));

        var invalid = await cluster.RolloutAsync(ns, "other", rollout => rollout.Status.Phase == RolloutPhase.Degraded);
        invalid.Status.Message.Should().EndWith("spec.strategy.blueGreen.activeService: Invalid value: \"active\": Service \"active\" is managed by another Rollout");
    }
}
