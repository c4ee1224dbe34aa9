using System.Threading.Channels;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Controllers.Caching;

/// <summary>A handler that fails takes no change from the others, and none of the later ones from itself.</summary>
public sealed class FailingHandlerTests(ServerFixture api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Every_change_reaches_every_handler_also_behind_one_that_fails()
    {
        using var client = new ApiClient(api.Server.AdminConfiguration, "tests");
        var ns = await api.NewNamespaceAsync();
        var informer = new Informer<V1ConfigMap>(client, Resources.ConfigMaps, TimeProvider.System, NullLogger.Instance, ns);
        var failing = Channel.CreateUnbounded<string>();
        var behind = Channel.CreateUnbounded<string>();
        informer.OnChange(change =>
        {
            failing.Writer.TryWrite(change.Object.Metadata.Name);
            throw new InvalidOperationException("this handler fails");
        });
        informer.OnChange(change => behind.Writer.TryWrite(change.Object.Metadata.Name));
        using var stop = new CancellationTokenSource();
        var running = informer.RunAsync(stop.Token);
        await informer.Synced.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        foreach (var name in (string[])["one", "two"])
        {
            await client.CreateAsync(Resources.ConfigMaps, new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = ns } }, TestContext.Current.CancellationToken);
        }

        foreach (var seen in (Channel<string>[])[failing, behind])
        {
            (await SeenAsync(seen, "two")).Should().ContainInOrder("one", "two");
        }

        await stop.CancelAsync();
        await running;
    }

    private static async Task<List<string>> SeenAsync(Channel<string> channel, string last)
    {
        var seen = new List<string>();
        while (seen.LastOrDefault() != last)
        {
            seen.Add(await channel.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System));
        }

        return seen;
    }
}
