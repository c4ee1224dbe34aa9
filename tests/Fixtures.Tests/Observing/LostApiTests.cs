using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Waiting;
using Kubernetes.Api;

namespace Fixtures.Tests.Observing;

/// <summary>An API server that goes away in the middle of a scenario.</summary>
public sealed class LostApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wait_that_ends_meanwhile_says_that_the_API_does_not_answer()
    {
        var server = await ApiServer.StartAsync(new ApiServerOptions(), Stop);
        using var client = new ApiClient(server.AdminConfiguration, "fixtures-tests");
        await using var history = new ClusterHistory(client, TimeProvider.System);
        await history.WatchAsync(Resources.ConfigMaps.As<Unstructured>(), "default", null, Stop);
        var subject = history.Object(new("ConfigMap", "default", "colours"));
        var waiter = new Waiter(new WaitLimits(TimeProvider.System, 1, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)), "artifacts", "again");
        history.Trouble.Should().BeNull();

        await server.DisposeAsync();
        var wait = () => waiter.EventuallyAsync(subject, Field.Expect("there", Field.Is(".metadata.name", "colours")), TimeSpan.FromSeconds(5), Stop);

        (await wait.Should().ThrowAsync<WaitFailedException>()).Which.Message.Should()
            .MatchRegex("^ConfigMap 'default/colours' did not become there within 5 s; the API has not answered for \\d+ s: .*refused");
    }
}
