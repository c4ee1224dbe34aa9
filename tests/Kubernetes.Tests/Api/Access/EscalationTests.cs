namespace Kubernetes.Tests.Api.Access;

/// <summary>Nobody gives away what they do not have.</summary>
public sealed class EscalationTests(RbacServer server) : IClassFixture<RbacServer>
{
    private const string Manage = """{"verbs":["create","update","get"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"]}""";

    [Fact]
    public async Task A_role_may_hold_only_what_its_author_holds()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, $$"""[{{Manage}},{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}]""");
        var roles = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{account.Namespace}/roles";

        (await account.PostAsync(roles, """{"metadata":{"name":"less"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]}""")).Code.Should().Be(201);
        var refused = await account.PostAsync(roles, """{"metadata":{"name":"more"},"rules":[{"verbs":["get","delete"],"apiGroups":[""],"resources":["pods","secrets"]}]}""");

        refused.Code.Should().Be(403);
        refused.Message.Should().Be(
            $"roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"{account.User}\" "
            + $"(groups=[\"system:serviceaccounts\" \"system:serviceaccounts:{account.Namespace}\" \"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n"
            + """
              {APIGroups:[""], Resources:["pods"], Verbs:["delete"]}
              {APIGroups:[""], Resources:["secrets"], Verbs:["get" "delete"]}
              """.ReplaceLineEndings("\n"));
        (await account.GetAsync($"{roles}/more")).Code.Should().Be(404);
    }

    [Fact]
    public async Task The_verb_escalate_permits_it()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, $$"""[{{Manage}},{"verbs":["escalate"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"]}]""");

        var made = await account.PostAsync(
            $"/apis/rbac.authorization.k8s.io/v1/namespaces/{account.Namespace}/roles", """{"metadata":{"name":"more"},"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}""");

        made.Code.Should().Be(201);
    }

    [Fact]
    public async Task A_binding_needs_the_rules_of_its_role_or_the_verb_bind()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, $$"""[{{Manage}}]""");
        var bindings = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{account.Namespace}/rolebindings";
        const string binding = """{"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"system:auth-delegator"},"subjects":[{"kind":"User","name":"jane"}]}""";

        var refused = await account.PostAsync(bindings, binding);
        refused.Code.Should().Be(403);
        refused.Message.Should().Contain("is attempting to grant RBAC permissions not currently held:").And.Contain("Resources:[\"tokenreviews\"], Verbs:[\"create\"]}");
        (await account.PostAsync(bindings, binding.Replace("system:auth-delegator", "missing"))).Code.Should().Be(404);

        var binder = await server.AccountAsync();
        await server.GrantAsync(
            binder, $$"""[{{Manage}},{"verbs":["bind"],"apiGroups":["rbac.authorization.k8s.io"],"resources":["clusterroles"],"resourceNames":["system:auth-delegator"]}]""");
        var own = $"/apis/rbac.authorization.k8s.io/v1/namespaces/{binder.Namespace}/rolebindings";
        (await binder.PostAsync(own, binding)).Code.Should().Be(201);
        (await binder.PostAsync(own, binding.Replace("system:auth-delegator", "cluster-admin"))).Code.Should().Be(403);
    }
}
