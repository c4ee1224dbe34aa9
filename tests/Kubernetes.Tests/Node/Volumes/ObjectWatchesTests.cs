using Controllers.Runtime.Client;
using Kubernetes.Node.Environment;
using Kubernetes.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Node.Volumes;

/// <summary>The node is told of the objects that its pods use, and of no others.</summary>
public sealed class ObjectWatchesTests(ServerFixture api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_for_an_object_is_told_when_it_is_made_without_any_timer()
    {
        var ns = await api.NewNamespaceAsync();
        using var client = new ApiClient(api.Server.AdminConfiguration, "tests");
        using var watches = new ObjectWatches(client, TimeProvider.System, NullLogger.Instance);
        var settings = new WatchedObject(IsSecret: false, ns, "settings");
        var other = new TaskCompletionSource();
        using var following = watches.Follow(new WatchedObject(IsSecret: false, ns, "other"), () => other.TrySetResult());

        var waiting = watches.UntilThereAsync(settings, TestContext.Current.CancellationToken);
        waiting.IsCompleted.Should().BeFalse();
        await api.PostAsync($"/api/v1/namespaces/{ns}/configmaps", """{"metadata":{"name":"settings"}}""");

        await waiting.WaitAsync(Patience, TimeProvider.System, Cancel);
        await watches.UntilThereAsync(settings, TestContext.Current.CancellationToken).WaitAsync(Patience, TimeProvider.System, Cancel);
        other.Task.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Each_follower_is_told_of_changes_until_it_leaves()
    {
        var ns = await api.NewNamespaceAsync();
        using var client = new ApiClient(api.Server.AdminConfiguration, "tests");
        using var watches = new ObjectWatches(client, TimeProvider.System, NullLogger.Instance);
        await api.PostAsync($"/api/v1/namespaces/{ns}/secrets", """{"metadata":{"name":"keys"}}""");
        var keys = new WatchedObject(IsSecret: true, ns, "keys");
        using var told = new SemaphoreSlim(0);
        var leftWasTold = 0;
        using var leftKnows = new SemaphoreSlim(0);
        var left = watches.Follow(keys, () =>
        {
            Interlocked.Increment(ref leftWasTold);
            leftKnows.Release();
        });
        using var stays = watches.Follow(keys, () => told.Release());
        (await told.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().BeTrue();
        (await leftKnows.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().BeTrue();
        left.Dispose();
        var before = Volatile.Read(ref leftWasTold);

        await api.MergeAsync($"/api/v1/namespaces/{ns}/secrets/keys", """{"stringData":{"a":"b"}}""");

        (await told.WaitAsync(Patience, TestContext.Current.CancellationToken)).Should().BeTrue();
        leftWasTold.Should().Be(before);
    }
}
