using System.Threading.Channels;
using k8s.Models;
using Kubernetes.Node.Environment;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Volumes;

/// <summary>
/// Keeps the mounted volumes of one pod as their ConfigMaps and Secrets are, and its tokens fresh, as long as the pod lives. What cannot be
/// brought up to date stays as it is. Environment variables never change in a running container.
/// </summary>
internal sealed class VolumeUpdates(PodFolders folders, VolumeContents contents, ObjectWatches watches, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>A token that could not be renewed is asked for again after this time.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly Channel<V1Volume> _changed = Channel.CreateUnbounded<V1Volume>();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<IDisposable>> _following = [];
    private readonly Dictionary<string, ITimer> _renewals = [];
    private Task? _running;

    /// <summary>Follows what the volumes show; those that are followed already need nothing.</summary>
    public void Follow(IEnumerable<V1Volume> volumes)
    {
        foreach (var volume in volumes)
        {
            lock (_lock)
            {
                if (_stop.IsCancellationRequested || !_following.TryAdd(volume.Name, []))
                {
                    continue;
                }

                _running ??= Task.Run(RunAsync, CancellationToken.None);
            }

            List<IDisposable> following = [.. contents.Objects(volume).Select(@object => watches.Follow(@object, () => _changed.Writer.TryWrite(volume)))];
            lock (_lock)
            {
                _following[volume.Name].AddRange(following);
                RenewLater(volume);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stop.Cancel();
            _following.Values.SelectMany(following => following).Concat(_renewals.Values).ToList().ForEach(ends => ends.Dispose());
        }

        await (_running ?? Task.CompletedTask);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var volume in _changed.Reader.ReadAllAsync(_stop.Token))
            {
                await RefreshAsync(volume);
            }
        }
        catch (OperationCanceledException)
        {
            // the pod ended
        }
    }

    private async Task RefreshAsync(V1Volume volume)
    {
        try
        {
            await folders.RefreshAsync(volume, _stop.Token);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogDebug("volume {Volume} stays as it is: {Reason}", volume.Name, exception.Message);
        }

        lock (_lock)
        {
            RenewLater(volume);
        }
    }

    private void RenewLater(V1Volume volume)
    {
        if (_stop.IsCancellationRequested || contents.RenewAt(volume) is not { } at)
        {
            return;
        }

        var wait = at - time.GetUtcNow();
        _renewals.GetValueOrDefault(volume.Name)?.Dispose();
        _renewals[volume.Name] = time.CreateTimer(_ => _changed.Writer.TryWrite(volume), null, wait > RetryAfter ? wait : RetryAfter, Timeout.InfiniteTimeSpan);
    }
}
