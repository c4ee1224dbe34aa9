using System.Text.Json;
using System.Threading.Channels;

namespace Load;

/// <summary>One load on one server.</summary>
/// <param name="clients">Lead to the server.</param>
/// <param name="run">Makes the run's namespace its own.</param>
/// <param name="objects">How many objects.</param>
internal sealed class ServerLoad(LoadClients clients, string run, int objects)
{
    private const int WatchedWrites = 50;

    private string Namespace => $"load-{run}";

    private string Path => LoadClients.ConfigMaps(Namespace);

    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await clients.NamespaceAsync(Namespace, cancel);
        return
        [
            new("creates/s", await RateAsync(i => clients.CreateAsync(Namespace, $"o{i}", cancel)), HigherIsBetter: true),
            new("gets/s", await RateAsync(i => clients.SendAsync(HttpMethod.Get, $"{Path}/o{i}", null, cancel)), HigherIsBetter: true),
            new("merge patches/s", await RateAsync(i => clients.SendAsync(HttpMethod.Patch, $"{Path}/o{i}", $$$"""{"data":{"patched":"{{{i}}}"}}""", cancel)), HigherIsBetter: true),
            new($"list of {objects} (ms)", await MedianAsync(5, () => clients.SendAsync(HttpMethod.Get, Path, null, cancel)), HigherIsBetter: false),
            .. await FanOutAsync(1, cancel),
            .. await FanOutAsync(100, cancel),
        ];
    }

    private Task<double> RateAsync(Func<int, Task> one) => clients.RateAsync(0, objects, one);

    /// <summary>From the moment before a create is sent until each watcher has read its event.</summary>
    private async Task<IEnumerable<Measure>> FanOutAsync(int watchers, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var seen = Channel.CreateUnbounded<(string Name, long At)>();
        var watching = Enumerable.Range(0, watchers).Select(_ => WatchAsync(seen.Writer, stop.Token)).ToArray();
        await Task.WhenAll(watching.Select(watch => watch.Started.Task));
        var latencies = new List<double>();
        for (var i = 0; i < WatchedWrites; i++)
        {
            var sent = TimeProvider.System.GetTimestamp();
            await clients.CreateAsync(Namespace, $"w{watchers}-{i}", cancel);
            for (var arrived = 0; arrived < watchers; arrived++)
            {
                latencies.Add(TimeProvider.System.GetElapsedTime(sent, (await seen.Reader.ReadAsync(cancel)).At).TotalMilliseconds);
            }
        }

        await stop.CancelAsync();
        latencies.Sort();
        return
        [
            new($"create to watch, {watchers} watchers, p50 (ms)", latencies[latencies.Count / 2], HigherIsBetter: false),
            new($"create to watch, {watchers} watchers, p99 (ms)", latencies[latencies.Count * 99 / 100], HigherIsBetter: false),
        ];
    }

    private (TaskCompletionSource Started, Task Reading) WatchAsync(ChannelWriter<(string, long)> seen, CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (started, ReadAsync());

        async Task ReadAsync()
        {
            try
            {
                var version = JsonDocument.Parse(await clients.Http.GetStringAsync($"{Path}?limit=1", stop)).RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString();
                using var response = await clients.Http.GetAsync($"{Path}?watch=1&resourceVersion={version}", HttpCompletionOption.ResponseHeadersRead, stop);
                using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
                started.SetResult();
                while (await lines.ReadLineAsync(stop) is { } line)
                {
                    seen.TryWrite((line, TimeProvider.System.GetTimestamp()));
                }
            }
            catch (OperationCanceledException)
            {
                // measured enough
            }
            catch (Exception e)
            {
                started.TrySetException(e);
            }
        }
    }

    private static async Task<double> MedianAsync(int times, Func<Task> one)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await one();
            taken.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        taken.Sort();
        return taken[times / 2];
    }
}
