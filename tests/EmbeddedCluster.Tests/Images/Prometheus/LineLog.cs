using System.Collections.Concurrent;
using System.Text;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>A container's log whose lines can be waited for.</summary>
internal sealed class LineLog : TextWriter
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override Task WriteLineAsync(string? value)
    {
        _lines.Enqueue(value ?? "");
        foreach (var (text, seen) in _awaited)
        {
            if (value?.Contains(text) == true)
            {
                seen.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Completes with the first line that contains <paramref name="text"/>.</summary>
    public Task Seen(string text)
    {
        var seen = _awaited.GetOrAdd(text, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.Any(line => line.Contains(text)))
        {
            seen.TrySetResult();
        }

        return seen.Task;
    }

    public override string ToString() => string.Join('\n', _lines);
}
