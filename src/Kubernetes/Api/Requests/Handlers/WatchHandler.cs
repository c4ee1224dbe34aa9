using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>
/// Watches: one JSON object per line, flushed at once. Ends when the client goes, the time is up, the reader is too slow or
/// the server stops; never with half a line.
/// </summary>
internal sealed class WatchHandler(ApiContext api, CancellationToken serverStopping)
{
    // upstream's cacher sends bookmarks about once a minute, and just before a timed end
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);

    public async Task WatchAsync(ApiRequest request)
    {
        var options = ListOptions.Parse(request, watch: true);
        var resource = request.Resource.StorageResource;
        var current = api.Store.Revision;
        if (options.Revision > current)
        {
            throw StatusErrors.VersionTooLarge(options.Revision, current);
        }
        var fromNow = options.SendInitialEvents || (options.Revision == 0 && !options.BeginsNow);
        Snapshot? initial = null;
        WatchWindow window;
        try
        {
            if (fromNow)
            {
                (initial, window) = api.Store.ListAndWatch(resource);
            }
            else
            {
                window = api.Store.Watch(resource, options.BeginsNow ? current : options.Revision);
            }
        }
        catch (RevisionCompactedException e)
        {
            throw StatusErrors.Expired(e.Message);
        }
        using var registration = window;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, serverStopping);
        await StreamAsync(request, options, initial, window, stop.Token);
    }

    private async Task StreamAsync(ApiRequest request, ListOptions options, Snapshot? initial, WatchWindow window, CancellationToken stop)
    {
        var stream = new WatchStream(request, api.Time);
        await stream.BeginAsync(stop);
        if (initial is not null)
        {
            foreach (var stored in initial.Objects(options.Filter.Namespace).Where(options.Filter.Matches))
            {
                stream.Write("ADDED", stored.Value);
            }
            if (options.SendInitialEvents && options.Bookmarks)
            {
                stream.WriteBookmark(initial.Revision, initialEventsEnd: true);
            }
        }
        foreach (var change in window.History)
        {
            Forward(stream, change, options);
        }
        await stream.FlushAsync(stop);
        using var end = options.Timeout is { } timeout ? new CancellationTokenSource(timeout, api.Time) : new CancellationTokenSource();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, end.Token);
        await using var bookmarks = options.Bookmarks
            ? api.Time.CreateTimer(_ => window.RequestProgress(), null, BookmarkInterval, BookmarkInterval)
            : null;
        try
        {
            while (await window.WaitAsync(both.Token))
            {
                while (window.TryRead(out var change))
                {
                    Forward(stream, change!, options);
                }
                await stream.FlushAsync(stop);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            await FinishAsync(stream, window, options, stop);
        }
        catch (OperationCanceledException)
        {
            // the client or the server went away
        }
    }

    private static async Task FinishAsync(WatchStream stream, WatchWindow window, ListOptions options, CancellationToken stop)
    {
        if (options.Bookmarks)
        {
            window.RequestProgress();
        }
        while (window.TryRead(out var change))
        {
            Forward(stream, change!, options);
        }
        await stream.FlushAsync(stop);
    }

    private static void Forward(WatchStream stream, StoreEvent change, ListOptions options)
    {
        if (change.Type == StoreEventType.Progress)
        {
            stream.WriteBookmark(change.Revision, initialEventsEnd: false);
        }
        else if (WatchEvents.For(change, options.Filter) is { } line)
        {
            stream.Write(line.Type, line.Object);
        }
    }
}
