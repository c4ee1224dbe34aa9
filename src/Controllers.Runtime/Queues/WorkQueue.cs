using System.Threading.Channels;

namespace Controllers.Runtime.Queues;

/// <summary>
/// Keys to reconcile: each at most once in the queue and with one worker at a time; a key added while it is worked on
/// comes again afterwards (client-go's <c>workqueue</c>). Back-off per key doubles from 5 ms to 1000 s, as client-go's default.
/// </summary>
public sealed class WorkQueue<TKey>(TimeProvider time) : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(1000);

    private readonly Lock _lock = new();
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();
    private readonly HashSet<TKey> _queued = [];
    private readonly HashSet<TKey> _working = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Dictionary<TKey, (DateTimeOffset At, ITimer Timer)> _delayed = [];
    private bool _closed;

    /// <summary>Adds the key now.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
        {
            if (!_closed && _queued.Add(key) && !_working.Contains(key))
            {
                _ready.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Adds the key after a delay; an earlier pending moment for the same key stands.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        var at = time.GetUtcNow() + delay;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (_delayed.TryGetValue(key, out var pending))
            {
                if (pending.At <= at)
                {
                    return;
                }

                pending.Timer.Dispose();
            }

            _delayed[key] = (at, time.CreateTimer(_ => Due(key, at), null, delay, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>Adds the key after its back-off: twice as long after each failure until <see cref="Forget"/>.</summary>
    public void AddRateLimited(TKey key)
    {
        int failures;
        lock (_lock)
        {
            failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
        }

        AddAfter(key, Backoff(failures));
    }

    /// <summary>The key succeeded: its back-off starts anew.</summary>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
        }
    }

    /// <summary>The next key to work on; pair it with <see cref="Done"/>.</summary>
    public async ValueTask<TKey> TakeAsync(CancellationToken cancel)
    {
        var key = await _ready.Reader.ReadAsync(cancel);
        lock (_lock)
        {
            _queued.Remove(key);
            _working.Add(key);
        }

        return key;
    }

    /// <summary>The worker is through with the key.</summary>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            _working.Remove(key);
            if (_queued.Contains(key))
            {
                _ready.Writer.TryWrite(key);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var (_, timer) in _delayed.Values)
            {
                timer.Dispose();
            }

            _delayed.Clear();
            _ready.Writer.TryComplete();
        }
    }

    internal static TimeSpan Backoff(int failures)
        => failures >= 28 ? BackoffMax : TimeSpan.FromTicks(Math.Min(BackoffFirst.Ticks << failures, BackoffMax.Ticks));

    private void Due(TKey key, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_delayed.TryGetValue(key, out var pending) && pending.At == at)
            {
                pending.Timer.Dispose();
                _delayed.Remove(key);
            }
        }

        Add(key);
    }
}
