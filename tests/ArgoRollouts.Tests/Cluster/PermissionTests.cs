using ArgoRollouts.Models;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Tests.Cluster;

/// <summary>The controller runs under its chart's role: where the role lacks a permission, it fails as in production, and says so.</summary>
public sealed class PermissionTests : IAsyncLifetime
{
    private readonly RolloutsCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Without_the_right_to_create_replica_sets_the_rollout_says_forbidden_until_the_right_is_given()
    {
        var role = await _cluster.Client.GetAsync(Resources.ClusterRoles, null, "argo-rollouts", TestContext.Current.CancellationToken);
        var rule = role.Rules.Single(rule => rule.Resources.Contains("replicasets"));
        rule.Verbs.Remove("create");
        role = await _cluster.Client.UpdateAsync(Resources.ClusterRoles, role, cancel: TestContext.Current.CancellationToken);
        var ns = await _cluster.NamespaceAsync();
        await _cluster.ApplyAsync(ns, Demo.Services);

        await _cluster.ApplyAsync(ns, Demo.BlueGreen("blue"));

        var refused = await _cluster.RolloutAsync(ns, "demo", rollout => Progressing(rollout)?.Reason == "ReplicaSetCreateError");
        Progressing(refused)!.Status.Should().Be("False");
        Progressing(refused)!.Message.Should().MatchRegex(
            "^Failed to create new replica set \"demo-[a-z0-9]+\": replicasets.apps is forbidden: User \"system:serviceaccount:argo-rollouts:argo-rollouts\" "
            + $"cannot create resource \"replicasets\" in API group \"apps\" in the namespace \"{ns}\"$");

        role.Rules.Single(rule => rule.Resources.Contains("replicasets")).Verbs.Add("create");
        await _cluster.Client.UpdateAsync(Resources.ClusterRoles, role, cancel: TestContext.Current.CancellationToken);
        await _cluster.RolloutAsync(ns, "demo", rollout => rollout.Status.Phase == RolloutPhase.Healthy);
    }

    private static RolloutCondition? Progressing(Rollout rollout)
        => rollout.Status.Conditions?.FirstOrDefault(condition => condition.Type == RolloutConditionType.Progressing);
}
