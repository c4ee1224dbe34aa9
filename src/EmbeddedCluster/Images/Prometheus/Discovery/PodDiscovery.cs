using System.Text.Json;
using System.Threading.Channels;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Images.Prometheus.Discovery;

/// <summary>
/// Discovers pods for a Prometheus that was built without Kubernetes' discovery, as Debian's is: watches them as the pod's service account and
/// keeps a file of targets current.
/// </summary>
/// <param name="configuration">The Kubernetes API, as the pod's service account.</param>
/// <param name="file">The file of targets.</param>
/// <param name="time">The cluster's clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class PodDiscovery(KubernetesClientConfiguration configuration, string file, TimeProvider time, ILogger logger)
{
    /// <summary>Prometheus' own discovery tells its scrapers of changes once in this time (prometheus.io, <c>scrape.discovery-reload-interval</c>).</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var client = new ApiClient(configuration, "prometheus");
        var pods = new Informer<V1Pod>(client, Resources.Pods, time, logger);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        pods.OnChange(_ => changes.Writer.TryWrite(true));
        var watching = pods.RunAsync(stop);
        try
        {
            await pods.Synced.WaitAsync(stop); // a part of the pods would be all that Prometheus knows for a while
            await foreach (var _ in changes.Reader.ReadAllAsync(stop))
            {
                await WriteAsync(pods.Lister.List(), stop);
                await Task.Delay(Pace, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await watching;
        }
    }

    /// <summary>Prometheus reads the file when it is renamed into place, never half of it.</summary>
    private async Task WriteAsync(IReadOnlyList<V1Pod> pods, CancellationToken stop)
    {
        var groups = pods.OrderBy(pod => pod.Metadata.Uid, StringComparer.Ordinal).SelectMany(PodTargets.Of);
        await File.WriteAllTextAsync(file + ".new", JsonSerializer.Serialize(groups), stop);
        File.Move(file + ".new", file, overwrite: true);
    }
}
