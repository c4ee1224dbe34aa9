using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Kubernetes.Store;

/// <summary>
/// One watcher's view of a resource: changes that happened after its start, then live ones, in order, none twice.
/// The live part is bounded: a reader that falls behind by more than the bound is ended (<see cref="Overflowed"/>) and has to list anew.
/// </summary>
public sealed class WatchWindow : IDisposable
{
    private readonly ResourceLog log;
    private readonly Channel<StoreEvent> live;

    internal WatchWindow(ResourceLog log, StoreEvent[] past, int capacity)
    {
        this.log = log;
        History = past;
        live = Channel.CreateBounded<StoreEvent>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }


    /// <summary>True once the reader was too slow; no further event follows.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Puts a <see cref="StoreEventType.Progress"/> event behind everything committed so far.</summary>
    public void RequestProgress() => log.RequestProgress(this);

    public async IAsyncEnumerable<StoreEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var change in History)
        {
            yield return change;
        }
        await foreach (var change in live.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    /// <summary>Waits for live events. False: the window has ended.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => live.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out StoreEvent? change) => live.Reader.TryRead(out change);

    /// <summary>Changes between the revision asked for and the moment the watch began, to be read first.</summary>
    public IReadOnlyList<StoreEvent> History { get; }

    public void Dispose()
    {
        log.Remove(this);
        live.Writer.TryComplete();
    }

    internal void Deliver(StoreEvent change)
    {
        if (!live.Writer.TryWrite(change) && !Overflowed)
        {
            Overflowed = true;
            live.Writer.TryComplete();
        }
    }

    internal void End() => live.Writer.TryComplete();
}
