using Kubernetes.Api;

namespace Kubernetes.Tests.Api;

/// <summary>Roles and bindings, with a server of their own.</summary>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private readonly ServerFixture admin = new() { Authorization = AuthorizationMode.Rbac };
    private HttpClient account = null!;

    public async ValueTask InitializeAsync()
    {
        await admin.InitializeAsync();
        account = admin.Client(admin.Server.ConfigurationFor("default", "robot").AccessToken);
    }

    public async ValueTask DisposeAsync()
    {
        account.Dispose();
        await admin.DisposeAsync();
    }

    [Fact]
    public async Task A_service_account_may_do_nothing_until_it_is_bound_to_a_role()
    {
        var refused = await GetAsync("/api/v1/namespaces/default/pods");
        refused.Code.Should().Be(403);
        refused.Message.Should().Be("pods is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"");
        (await GetAsync("/apis/apps/v1/deployments")).Message.Should().Be("deployments.apps is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"deployments\" in API group \"apps\" at the cluster scope");
        (await GetAsync("/api")).Code.Should().Be(200, "everybody who is authenticated may discover");

        await admin.PostAsync("/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", """{"metadata":{"name":"reader"},"rules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}]}""");
        await admin.PostAsync("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", """{"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},"subjects":[{"kind":"ServiceAccount","name":"robot","namespace":"default"}]}""");

        (await GetAsync("/api/v1/namespaces/default/pods")).Code.Should().Be(200);
        (await GetAsync("/api/v1/namespaces/kube-system/pods")).Code.Should().Be(403);
        (await GetAsync("/api/v1/namespaces/default/pods?watch=1")).Message.Should().Contain("cannot watch resource \"pods\"");
    }

    [Fact]
    public async Task A_cluster_role_reaches_every_namespace_and_names_limit_it()
    {
        await admin.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterroles", """{"metadata":{"name":"one"},"rules":[{"verbs":["get"],"apiGroups":["*"],"resources":["configmaps","*/scale"],"resourceNames":["a"]}]}""");
        await admin.PostAsync("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """{"metadata":{"name":"one"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"one"},"subjects":[{"kind":"Group","apiGroup":"rbac.authorization.k8s.io","name":"system:serviceaccounts:default"}]}""");

        (await GetAsync("/api/v1/namespaces/kube-system/configmaps/a")).Code.Should().Be(404);
        (await GetAsync("/api/v1/namespaces/kube-system/configmaps/b")).Code.Should().Be(403);
        (await GetAsync("/apis/apps/v1/namespaces/default/deployments/a/scale")).Code.Should().Be(404);
    }

    private async Task<Reply> GetAsync(string path)
    {
        using var response = await account.GetAsync(path, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }
}
