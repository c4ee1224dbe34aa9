using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Kubernetes.Api.Logs;

namespace Kubernetes.Node.Logs;

/// <summary>Keeps the current and the previous log of every container of the node, as long as its pod is there.</summary>
public sealed class ContainerLogs : IContainerLogs
{
    private readonly ConcurrentDictionary<(string PodUid, string Container), (LogBuffer Current, LogBuffer? Previous)> _logs = new();

    public IAsyncEnumerable<LogLine>? Read(string podUid, string container, LogQuery query, CancellationToken cancel)
    {
        var known = _logs.TryGetValue((podUid, container), out var runs);
        var buffer = query.Previous ? runs.Previous : runs.Current;
        return known && buffer is not null ? ReadAsync(buffer, query, cancel) : null;
    }

    /// <summary>Begins the log of a new run; the one before becomes the previous one.</summary>
    internal LogBuffer Begin(string podUid, string container)
    {
        var buffer = new LogBuffer();
        _logs.AddOrUpdate((podUid, container), (buffer, null), (_, runs) => (buffer, runs.Current));
        return buffer;
    }

    internal void Forget(string podUid, IEnumerable<string> containers)
    {
        foreach (var container in containers)
        {
            if (_logs.TryRemove((podUid, container), out var runs))
            {
                runs.Current.Close();
            }
        }
    }

    private static async IAsyncEnumerable<LogLine> ReadAsync(LogBuffer buffer, LogQuery query, [EnumeratorCancellation] CancellationToken cancel)
    {
        var existing = buffer.Lines().Where(line => query.Since is null || line.At >= query.Since).ToList();
        var skipped = query.TailLines is { } tail ? Math.Max(0, existing.Count - tail) : 0;
        if (!query.Follow)
        {
            foreach (var line in existing.Skip(skipped))
            {
                yield return line;
            }

            yield break;
        }

        await foreach (var line in buffer.FollowAsync(cancel))
        {
            if (query.Since is not null && line.At < query.Since)
            {
                continue;
            }

            if (skipped > 0)
            {
                skipped--;
                continue;
            }

            yield return line;
        }
    }
}
