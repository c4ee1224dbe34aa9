using Controllers.Runtime.Client;
using Controllers.Runtime.Queues;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Reconciling;

/// <summary>Workers that take keys from a queue and hand them to a reconciler.</summary>
public sealed class Controller(string name, IReconciler reconciler, TimeProvider time, ILogger logger, int workers = 2) : IDisposable
{
    /// <summary>Where event handlers put the keys of objects to look at.</summary>
    public WorkQueue<NamespacedName> Queue { get; } = new(time);

    /// <summary>Works until cancelled; a failing object is retried with back-off and stops no other.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => WorkAsync(cancel), CancellationToken.None)));

    public void Dispose() => Queue.Dispose();

    private async Task WorkAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            NamespacedName key;
            try
            {
                key = await Queue.TakeAsync(cancel);
            }
            catch (Exception exception) when (exception is OperationCanceledException or System.Threading.Channels.ChannelClosedException)
            {
                return;
            }

            try
            {
                await ReconcileAsync(key, cancel);
            }
            finally
            {
                Queue.Done(key);
            }
        }
    }

    private async Task ReconcileAsync(NamespacedName key, CancellationToken cancel)
    {
        try
        {
            var result = await reconciler.ReconcileAsync(key, cancel);
            Queue.Forget(key);
            if (result.RequeueAfter is { } delay)
            {
                Queue.AddAfter(key, delay);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // stopping: the next leader carries on
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsAlreadyExists)
        {
            logger.LogDebug("{Controller} {Key}: the cache was behind, again: {Reason}", name, key, exception.Message);
            Queue.AddRateLimited(key);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "{Controller} {Key}: {Reason}", name, key, exception.Message);
            Queue.AddRateLimited(key);
        }
    }
}
