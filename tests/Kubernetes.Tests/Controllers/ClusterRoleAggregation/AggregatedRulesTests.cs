using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers.ClusterRoleAggregation;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers.ClusterRoleAggregation;

/// <summary>Roles made of other roles: as values, and in a cluster.</summary>
public sealed class AggregatedRulesTests(TestCluster cluster)
{
    [Fact]
    public void The_rules_of_selected_roles_are_joined_by_name_each_once()
    {
        var sum = Role("sum", null);
        sum.AggregationRule = new V1AggregationRule { ClusterRoleSelectors = [new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["to"] = "sum" } }] };
        sum.Metadata.Labels = new Dictionary<string, string> { ["to"] = "sum" };

        var rules = AggregatedRules.For(sum, [sum, Role("b", "sum", "pods", "secrets"), Role("a", "sum", "secrets"), Role("c", "other", "nodes")]);

        rules.Select(rule => rule.Resources.Single()).Should().Equal("secrets", "pods");
    }

    [Fact]
    public async Task A_new_role_with_the_label_joins_view_and_through_it_edit_and_admin()
    {
        var role = Role($"things-{Guid.NewGuid():N}", null, $"things-{Guid.NewGuid():N}");
        role.Metadata.Labels = new Dictionary<string, string> { ["rbac.authorization.k8s.io/aggregate-to-view"] = "true" };
        await cluster.Client.CreateAsync(Resources.ClusterRoles, role, TestContext.Current.CancellationToken);

        var admin = await cluster.EventuallyAsync(Resources.ClusterRoles, null, "admin", admin => Has(admin, role.Rules[0]) && Has(admin, Pods("deletecollection")));

        admin.AggregationRule.ClusterRoleSelectors.Should().ContainSingle();
    }

    private static V1PolicyRule Pods(string verb) => new() { Resources = ["pods"], Verbs = [verb] };

    private static bool Has(V1ClusterRole? role, V1PolicyRule wanted) =>
        role?.Rules?.Any(rule => rule.Resources?.Contains(wanted.Resources[0]) == true && rule.Verbs.Contains(wanted.Verbs[0])) == true;

    private static V1ClusterRole Role(string name, string? to, params string[] resources) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = to is null ? null : new Dictionary<string, string> { ["to"] = to } },
        Rules = [.. resources.Select(resource => new V1PolicyRule { ApiGroups = [""], Resources = [resource], Verbs = ["get"] })],
    };
}
