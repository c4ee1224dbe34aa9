namespace Kubernetes.Tests.Api.Access;

/// <summary>Roles and bindings decide who may do what; refusals are upstream's.</summary>
public sealed class AuthorizationTests(RbacServer server) : IClassFixture<RbacServer>
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";

    [Fact]
    public async Task A_service_account_may_do_nothing_until_it_is_bound_to_a_role()
    {
        var account = await server.AccountAsync();
        var pods = $"/api/v1/namespaces/{account.Namespace}/pods";
        var refused = await account.GetAsync(pods);
        refused.Code.Should().Be(403);
        refused.Reason.Should().Be("Forbidden");
        refused.Message.Should().Be($"pods is forbidden: User \"{account.User}\" cannot list resource \"pods\" in API group \"\" in the namespace \"{account.Namespace}\"");
        (await account.GetAsync("/apis/apps/v1/deployments")).Message.Should().Be($"deployments.apps is forbidden: User \"{account.User}\" cannot list resource \"deployments\" in API group \"apps\" at the cluster scope");
        (await account.GetAsync("/apis/nothing.example.com/v1/things/a")).Message.Should().Be(
            $"things.nothing.example.com \"a\" is forbidden: User \"{account.User}\" cannot get resource \"things\" in API group \"nothing.example.com\" at the cluster scope", "what exists is not told");
        (await account.GetAsync("/metrics")).Message.Should().Be($"forbidden: User \"{account.User}\" cannot get path \"/metrics\"");
        (await account.GetAsync("/api")).Code.Should().Be(200, "everybody who is authenticated may discover");

        await server.GrantAsync(account, """[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}]""");

        (await account.GetAsync(pods)).Code.Should().Be(200);
        (await account.GetAsync("/api/v1/namespaces/kube-system/pods")).Code.Should().Be(403);
        (await account.GetAsync($"{pods}?watch=1")).Message.Should().Contain("cannot watch resource \"pods\"");
        (await account.GetAsync($"{pods}/a/log")).Message.Should().Be($"pods \"a\" is forbidden: User \"{account.User}\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"{account.Namespace}\"");
    }

    [Theory, InlineData("exec"), InlineData("attach"), InlineData("portforward")]
    public async Task Opening_a_stream_takes_the_right_to_create_it_whatever_the_method(string subresource)
    {
        var account = await server.AccountAsync();
        var path = $"/api/v1/namespaces/{account.Namespace}/pods/a/{subresource}?command=id";
        await server.GrantAsync(account, $$"""[{"verbs":["get"],"apiGroups":[""],"resources":["pods/{{subresource}}"]}]""");

        (await account.GetAsync(path)).Message.Should().Be(
            $"pods \"a\" is forbidden: User \"{account.User}\" cannot create resource \"pods/{subresource}\" in API group \"\" in the namespace \"{account.Namespace}\"");
    }

    [Fact]
    public async Task A_cluster_role_reaches_every_namespace_and_names_limit_it()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, """[{"verbs":["get","list"],"apiGroups":["*"],"resources":["configmaps","*/scale"],"resourceNames":["a"]}]""", cluster: true);

        (await account.GetAsync("/api/v1/namespaces/kube-system/configmaps/a")).Code.Should().Be(404);
        (await account.GetAsync("/api/v1/namespaces/kube-system/configmaps/b")).Code.Should().Be(403);
        (await account.GetAsync("/apis/apps/v1/namespaces/default/deployments/a/scale")).Code.Should().Be(404);
        (await account.GetAsync("/api/v1/namespaces/default/configmaps")).Code.Should().Be(403);
        (await account.GetAsync("/api/v1/namespaces/default/configmaps?fieldSelector=metadata.name%3Da")).Code.Should().Be(200, "a selected name is a name");
    }

    [Fact]
    public async Task A_binding_to_a_missing_role_shows_in_refusals()
    {
        var account = await server.AccountAsync();
        var binding = $$$"""{"metadata":{"name":"b"},"roleRef":{"kind":"Role","name":"gone"},"subjects":[{"kind":"ServiceAccount","name":"{{{account.Name}}}"}]}""";
        (await server.Admin.PostAsync($"{Rbac}/namespaces/{account.Namespace}/rolebindings", binding)).Code.Should().Be(201);

        (await account.GetAsync($"/api/v1/namespaces/{account.Namespace}/pods")).Message.Should()
            .EndWith($"in the namespace \"{account.Namespace}\": RBAC: role.rbac.authorization.k8s.io \"gone\" not found");
    }

    [Theory]
    [InlineData("roles", """{"rules":[{"verbs":[],"apiGroups":[""],"resources":["pods"]}]}""", "rules[0].verbs: Required value: verbs must contain at least one value")]
    [InlineData("roles", """{"rules":[{"verbs":["get"],"nonResourceURLs":["/x"]}]}""", "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to non-resource URLs")]
    [InlineData("roles", """{"rules":[{"verbs":["get"],"resources":["pods"]}]}""", "rules[0].apiGroups: Required value: resource rules must supply at least one api group")]
    [InlineData("rolebindings", """{"roleRef":{"kind":"User","name":"r"}}""", "roleRef.kind: Unsupported value: \"User\": supported values: \"Role\", \"ClusterRole\"")]
    [InlineData("rolebindings", """{"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"Robot","name":"x"}]}""", "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", \"User\", \"Group\"")]
    public async Task Roles_and_bindings_are_validated(string resource, string body, string problem)
    {
        var space = await server.Admin.NewNamespaceAsync();
        var refused = await server.Admin.PostAsync($"{Rbac}/namespaces/{space}/{resource}", body.Insert(1, "\"metadata\":{\"name\":\"x\"},"));

        refused.Code.Should().Be(422);
        refused.Message.Should().EndWith(problem);
    }

    [Fact]
    public async Task A_binding_keeps_its_role()
    {
        var path = $"{Rbac}/namespaces/{await server.Admin.NewNamespaceAsync()}/rolebindings";
        var made = await server.Admin.PostAsync(path, """{"metadata":{"name":"b"},"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"Group","name":"g"}]}""");
        made.Body!["subjects"]![0]!["apiGroup"]!.GetValue<string>().Should().Be("rbac.authorization.k8s.io");

        var refused = await server.Admin.MergeAsync($"{path}/b", """{"roleRef":{"name":"other"}}""");
        refused.Code.Should().Be(422);
        refused.Message.Should().EndWith("cannot change roleRef");
    }

    [Theory, InlineData("view"), InlineData("edit"), InlineData("admin"), InlineData("cluster-admin"), InlineData("system:auth-delegator"), InlineData("system:aggregate-to-view")]
    public async Task Default_roles_exist(string name) =>
        (await server.Admin.GetAsync($"{Rbac}/clusterroles/{name}")).Body!["metadata"]!["labels"]!["kubernetes.io/bootstrapping"]!.GetValue<string>().Should().Be("rbac-defaults");
}
