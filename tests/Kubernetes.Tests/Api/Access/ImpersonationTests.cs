using System.Net;

namespace Kubernetes.Tests.Api.Access;

/// <summary>Requests on behalf of others.</summary>
public sealed class ImpersonationTests(RbacServer server) : IClassFixture<RbacServer>
{
    private const string WhoAmI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    [Fact]
    public async Task The_administrator_may_act_as_anybody()
    {
        var admin = new Account("", "", server.Admin.Http);
        var me = await admin.SendAsync(HttpMethod.Post, WhoAmI, "{}", ("Impersonate-User", "jane"), ("Impersonate-Group", "team"), ("Impersonate-Uid", "7"), ("Impersonate-Extra-Scopes", "x"));

        var user = me.Body!["status"]!["userInfo"]!;
        user["username"]!.GetValue<string>().Should().Be("jane");
        user["uid"]!.GetValue<string>().Should().Be("7");
        user["groups"]!.ToJsonString().Should().Be("""["team","system:authenticated"]""");
        user["extra"]!["scopes"]!.ToJsonString().Should().Be("""["x"]""");
        (await admin.SendAsync(HttpMethod.Get, "/api/v1/pods", null, ("Impersonate-User", "jane"))).Message.Should().StartWith("pods is forbidden: User \"jane\" cannot list");
    }

    [Fact]
    public async Task An_impersonated_service_account_has_its_groups()
    {
        var me = await new Account("", "", server.Admin.Http).SendAsync(HttpMethod.Post, WhoAmI, "{}", ("Impersonate-User", "system:serviceaccount:a:b"));

        me.Body!["status"]!["userInfo"]!["groups"]!.ToJsonString().Should().Be("""["system:serviceaccounts","system:serviceaccounts:a","system:authenticated"]""");
    }

    [Fact]
    public async Task Others_may_only_act_as_whom_their_roles_name()
    {
        var account = await server.AccountAsync();
        await server.GrantAsync(account, """[{"verbs":["impersonate"],"apiGroups":[""],"resources":["users"],"resourceNames":["jane"]}]""", cluster: true);

        (await account.SendAsync(HttpMethod.Post, WhoAmI, "{}", ("Impersonate-User", "jane"))).Code.Should().Be(201);
        var user = await account.SendAsync(HttpMethod.Post, WhoAmI, "{}", ("Impersonate-User", "john"));
        user.Code.Should().Be(403);
        user.Message.Should().Be($"users \"john\" is forbidden: User \"{account.User}\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope");
        var group = await account.SendAsync(HttpMethod.Post, WhoAmI, "{}", ("Impersonate-User", "jane"), ("Impersonate-Group", "system:masters"));
        group.Message.Should().Be($"groups \"system:masters\" is forbidden: User \"{account.User}\" cannot impersonate resource \"groups\" in API group \"\" at the cluster scope");
    }

    [Fact]
    public async Task Groups_without_a_user_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/pods?limit=5");
        request.Headers.Add("Impersonate-Group", "team");
        request.Headers.Add("Impersonate-Uid", "7");
        request.Headers.Add("Impersonate-Extra-Scopes", "view");
        using var refused = await server.Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);

        refused.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Contain(
            "requested [{Group  team    } {UserExtra  view  authentication.k8s.io/v1  scopes} {UID  7  authentication.k8s.io/v1  }] without impersonating a user");
    }
}
