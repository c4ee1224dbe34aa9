using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Access;

/// <summary>API-79 and client certificates: who a request comes from.</summary>
public sealed class AuthenticationTests(RbacServer server) : IClassFixture<RbacServer>
{
    private const string WhoAmI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    [Fact]
    public async Task API_79_a_requested_token_authenticates_as_its_account()
    {
        var account = await server.AccountAsync();
        var issued = await TokenAsync(account, """{"spec":{"expirationSeconds":600}}""");
        issued.Code.Should().Be(201);
        issued.Body!["kind"]!.GetValue<string>().Should().Be("TokenRequest");
        issued.Body["spec"]!["audiences"]![0]!.GetValue<string>().Should().Be("https://kubernetes.default.svc");
        var token = issued.Body["status"]!["token"]!.GetValue<string>();

        var me = await As(token).PostAsync(WhoAmI, "{}");
        me.Code.Should().Be(201);
        var user = me.Body!["status"]!["userInfo"]!;
        user["username"]!.GetValue<string>().Should().Be(account.User);
        user["groups"]!.AsArray().Select(group => group!.GetValue<string>()).Should().Contain($"system:serviceaccounts:{account.Namespace}");
        user["extra"]!["authentication.kubernetes.io/credential-id"]![0]!.GetValue<string>().Should().StartWith("JTI=");

        var review = await ReviewAsync($$$"""{"spec":{"token":"{{{token}}}"}}""");
        review["authenticated"]!.GetValue<bool>().Should().BeTrue();
        review["user"]!["username"]!.GetValue<string>().Should().Be(account.User);
        (await ReviewAsync("""{"spec":{"token":"wrong"}}"""))["error"]!.GetValue<string>().Should().Be("invalid bearer token");
    }

    [Fact]
    public async Task API_79_a_token_for_another_audience_is_not_for_this_server()
    {
        var account = await server.AccountAsync();
        var issued = await TokenAsync(account, """{"spec":{"audiences":["vault"]}}""");
        var token = issued.Body!["status"]!["token"]!.GetValue<string>();

        (await As(token).PostAsync(WhoAmI, "{}")).Code.Should().Be(401);
        (await ReviewAsync($$$"""{"spec":{"token":"{{{token}}}"}}"""))["error"].Should().NotBeNull();
        var review = await ReviewAsync($$$"""{"spec":{"token":"{{{token}}}","audiences":["vault","other"]}}""");
        review["authenticated"]!.GetValue<bool>().Should().BeTrue();
        review["audiences"]!.ToJsonString().Should().Be("""["vault"]""");
    }

    [Fact]
    public async Task API_79_a_token_ends_with_its_account()
    {
        var account = await server.AccountAsync();
        (await account.PostAsync(WhoAmI, "{}")).Code.Should().Be(201);
        var path = $"/api/v1/namespaces/{account.Namespace}/serviceaccounts";

        await server.Admin.DeleteAsync($"{path}/{account.Name}");
        var refused = await account.PostAsync(WhoAmI, "{}");
        refused.Code.Should().Be(401);
        refused.Message.Should().Be("Unauthorized");
        await server.Admin.PostAsync(path, $$$"""{"metadata":{"name":"{{{account.Name}}}"}}""");
        (await account.PostAsync(WhoAmI, "{}")).Code.Should().Be(401, "another account of the same name is another account");
    }

    [Fact]
    public async Task API_79_a_bound_token_ends_with_its_pod()
    {
        var account = await server.AccountAsync();
        var pods = $"/api/v1/namespaces/{account.Namespace}/pods";
        await server.Admin.PostAsync(pods, """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i"}]}}""");
        var issued = await TokenAsync(account, """{"spec":{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}}}""");
        var bound = As(issued.Body!["status"]!["token"]!.GetValue<string>());

        var extra = (await bound.PostAsync(WhoAmI, "{}")).Body!["status"]!["userInfo"]!["extra"]!;
        extra["authentication.kubernetes.io/pod-name"]![0]!.GetValue<string>().Should().Be("p");
        await server.Admin.DeleteAsync($"{pods}/p");
        (await bound.PostAsync(WhoAmI, "{}")).Code.Should().Be(401);
        (await TokenAsync(account, """{"spec":{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}}}""")).Code.Should().Be(404);
    }

    [Theory]
    [InlineData(599, "may not specify a duration less than 10 minutes")]
    [InlineData(4294967297, "may not specify a duration larger than 2^32 seconds")]
    public async Task API_79_the_life_of_a_token_has_limits(long seconds, string problem)
    {
        var refused = await TokenAsync(await server.AccountAsync(), $$$"""{"spec":{"expirationSeconds":{{{seconds}}}}}""");

        refused.Code.Should().Be(422);
        refused.Message.Should().EndWith($"spec.expirationSeconds: Invalid value: {seconds}: {problem}");
    }

    [Fact]
    public async Task A_client_certificate_names_user_and_groups()
    {
        using var certificate = server.Server.ClientCertificateFor("jane", "team-a", "team-b");
        using var client = server.Admin.Client(null, certificate);

        var user = (await new Account("", "", client).PostAsync(WhoAmI, "{}")).Body!["status"]!["userInfo"]!;

        user["username"]!.GetValue<string>().Should().Be("jane");
        user["groups"]!.ToJsonString().Should().Be("""["team-a","team-b","system:authenticated"]""");
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_unauthorized()
    {
        await using var other = await Kubernetes.Api.ApiServer.StartAsync(new Kubernetes.Api.ApiServerOptions(), TestContext.Current.CancellationToken);
        using var certificate = other.ClientCertificateFor("jane", "system:masters");
        using var client = server.Admin.Client(null, certificate);

        (await new Account("", "", client).GetAsync("/api/v1/pods")).Code.Should().Be(401);
    }

    private Account As(string token) => new("", "", server.Admin.Client(token));

    private Task<Reply> TokenAsync(Account account, string body) => server.Admin.PostAsync($"/api/v1/namespaces/{account.Namespace}/serviceaccounts/{account.Name}/token", body);

    private async Task<JsonNode> ReviewAsync(string body) => (await server.Admin.PostAsync("/apis/authentication.k8s.io/v1/tokenreviews", body)).Body!["status"]!;
}
