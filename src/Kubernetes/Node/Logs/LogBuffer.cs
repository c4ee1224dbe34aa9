using System.Runtime.CompilerServices;
using Kubernetes.Api.Logs;

namespace Kubernetes.Node.Logs;

/// <summary>The last lines of one run of a container; readers may follow it until it ends.</summary>
internal sealed class LogBuffer
{
    /// <summary>Lines kept; older ones are dropped.</summary>
    public const int LinesMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = [];
    private long _dropped;
    private bool _closed;
    private TaskCompletionSource _changed = New();

    public void Append(LogLine line)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _lines.Enqueue(line);
            if (_lines.Count > LinesMax)
            {
                _lines.Dequeue();
                _dropped++;
            }

            (changed, _changed) = (_changed, New());
        }

        changed.TrySetResult();
    }

    /// <summary>The run is over: followers come to an end.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        _changed.TrySetResult();
    }

    public IReadOnlyList<LogLine> Lines()
    {
        lock (_lock)
        {
            return [.. _lines];
        }
    }

    /// <summary>All lines, then each new one until <see cref="Close"/>.</summary>
    public async IAsyncEnumerable<LogLine> FollowAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var next = 0L;
        while (true)
        {
            List<LogLine> fresh;
            Task changed;
            bool closed;
            lock (_lock)
            {
                fresh = [.. _lines.Skip((int)Math.Max(0, next - _dropped))];
                next = _dropped + _lines.Count;
                (changed, closed) = (_changed.Task, _closed);
            }

            foreach (var line in fresh)
            {
                yield return line;
            }

            if (closed)
            {
                yield break;
            }

            await changed.WaitAsync(cancel);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
