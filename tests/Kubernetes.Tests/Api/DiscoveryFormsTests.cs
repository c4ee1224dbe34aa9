using Controllers.Runtime.Client;

namespace Kubernetes.Tests.Api;

/// <summary>Discovery as the runtime reads it: aggregated, and document by document as from a server that has nothing else (before 1.26).</summary>
public sealed class DiscoveryFormsTests(ServerFixture api)
{
    [Fact]
    public async Task What_is_served_is_the_same_in_both_forms()
    {
        using var client = new ApiClient(api.Server.AdminConfiguration, "test");
        using var older = new ApiClient(api.Server.AdminConfiguration, "test", new WithoutAggregation());

        var aggregated = await Discovery.ReadAsync(client, TestContext.Current.CancellationToken);
        var plain = await Discovery.ReadAsync(older, TestContext.Current.CancellationToken);

        plain.Find("apps/v1", "Deployment")!.Resource.Should().Be(Resources.Deployments.As<Unstructured>());
        // tests beside this one add and remove definitions
        static IEnumerable<string> BuiltIn(Discovery discovery) => discovery.Resources
            .Where(served => !served.Resource.Group.Contains('.') || served.Resource.Group.EndsWith(".k8s.io"))
            .Select(served => $"{served.Resource.ApiVersion} {served.Resource.Kind} {served.Resource.Plural} {served.Resource.Namespaced} {served.Preferred} {string.Join(',', served.Verbs.Order())}");
        BuiltIn(plain).Should().BeEquivalentTo(BuiltIn(aggregated));
    }

    [Fact]
    public async Task A_version_that_is_not_served_is_told_from_one_that_is()
    {
        using var client = new ApiClient(api.Server.AdminConfiguration, "test");
        var stop = TestContext.Current.CancellationToken;

        (await client.ServesAsync(Resources.EndpointSlices, stop)).Should().BeTrue();
        (await client.ServesAsync(Resources.Pods, stop)).Should().BeTrue();
        (await client.ServesAsync(Resources.EndpointSlices with { Version = "v1beta1" }, stop)).Should().BeFalse();
        (await client.ServesAsync(Resources.EndpointSlices with { Plural = "endpoints" }, stop)).Should().BeFalse();
    }

    private sealed class WithoutAggregation : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Accept.Clear();
            request.Headers.Accept.ParseAdd("application/json");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
