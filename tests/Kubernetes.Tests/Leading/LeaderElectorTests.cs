using System.Text.Json.Nodes;
using System.Threading.Channels;
using Controllers.Runtime.Client;
using Controllers.Runtime.Leading;
using Kubernetes.Tests.Api;
using Kubernetes.Tests.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Leading;

public sealed class LeaderElectorTests(ServerFixture api)
{
    [Fact]
    public async Task Who_leads_renews_without_reading_until_somebody_else_wrote()
    {
        var ns = await api.NewNamespaceAsync();
        using var requests = new Requests();
        using var client = new ApiClient(api.Server.AdminConfiguration, "elector", requests);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = new FastClock(100);
        var options = new LeaderElectionOptions(ns, "lock", "a") { LeaseDuration = TimeSpan.FromHours(1) }; // whatever the machine is busy with
        var leading = new LeaderElector(client, options, clock, NullLogger.Instance).RunAsync(stopped => Task.Delay(Timeout.InfiniteTimeSpan, clock, stopped), stop.Token);

        (await requests.TakeAsync(5, stop.Token)).Should().Equal("GET", "POST", "PUT", "PUT", "PUT");

        using var other = new ApiClient(api.Server.AdminConfiguration, "other");
        var label = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["looked"] = "at" } } };
        await other.PatchAsync(Resources.Leases, ns, "lock", Patch.Merge(label), cancel: stop.Token);
        await requests.UntilAsync("GET", stop.Token);
        (await requests.TakeAsync(2, stop.Token)).Should().Equal("PUT", "PUT");

        await stop.CancelAsync();
        var ended = async () => await leading;
        await ended.Should().NotThrowAsync();
        var lease = await other.GetAsync(Resources.Leases, ns, "lock", TestContext.Current.CancellationToken);
        lease.Spec.HolderIdentity.Should().BeEmpty("who ends lets go");
        lease.Metadata.Labels.Should().ContainKey("looked");
    }

    /// <summary>The methods of a client's requests, in their order.</summary>
    private sealed class Requests : DelegatingHandler
    {
        private readonly Channel<string> _methods = Channel.CreateUnbounded<string>();

        public async Task<IReadOnlyList<string>> TakeAsync(int count, CancellationToken stop)
        {
            var taken = new List<string>(count);
            while (taken.Count < count)
            {
                taken.Add(await _methods.Reader.ReadAsync(stop));
            }

            return taken;
        }

        public async Task UntilAsync(string method, CancellationToken stop)
        {
            while (await _methods.Reader.ReadAsync(stop) != method)
            {
                // another one
            }
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _methods.Writer.TryWrite(request.Method.Method);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
