using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Load;

/// <summary>One load on one server, through plain HTTP: many clients at once, each waiting for its answer before it asks again.</summary>
/// <param name="http">Leads to the server.</param>
/// <param name="run">Makes the run's namespace its own.</param>
/// <param name="objects">How many objects.</param>
/// <param name="clients">How many ask at the same time.</param>
internal sealed class ServerLoad(HttpClient http, string run, int objects, int clients)
{
    private const int Watchers = 100;
    private const int WatchedWrites = 50;

    private string Path => $"/api/v1/namespaces/load-{run}/configmaps";

    public async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"load-{{{run}}}"}}""", cancel);
        return
        [
            new("creates/s", await RateAsync(i => SendAsync(HttpMethod.Post, Path, Object($"o{i}"), cancel)), HigherIsBetter: true),
            new("gets/s", await RateAsync(i => SendAsync(HttpMethod.Get, $"{Path}/o{i}", null, cancel)), HigherIsBetter: true),
            new("merge patches/s", await RateAsync(i => SendAsync(HttpMethod.Patch, $"{Path}/o{i}", $$$"""{"data":{"patched":"{{{i}}}"}}""", cancel)), HigherIsBetter: true),
            new($"list of {objects} (ms)", await MedianAsync(5, () => SendAsync(HttpMethod.Get, Path, null, cancel)), HigherIsBetter: false),
            .. await FanOutAsync(cancel),
        ];
    }

    /// <summary>From the moment before a create is sent until each of 100 watchers has read its event.</summary>
    private async Task<IEnumerable<Measure>> FanOutAsync(CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var seen = Channel.CreateUnbounded<(string Name, long At)>();
        var watching = Enumerable.Range(0, Watchers).Select(_ => WatchAsync(seen.Writer, stop.Token)).ToArray();
        await Task.WhenAll(watching.Select(watch => watch.Started.Task));
        var latencies = new List<double>();
        for (var i = 0; i < WatchedWrites; i++)
        {
            var sent = TimeProvider.System.GetTimestamp();
            await SendAsync(HttpMethod.Post, $"{Path}", Object($"w{i}"), cancel);
            for (var arrived = 0; arrived < Watchers; arrived++)
            {
                latencies.Add(TimeProvider.System.GetElapsedTime(sent, (await seen.Reader.ReadAsync(cancel)).At).TotalMilliseconds);
            }
        }

        await stop.CancelAsync();
        latencies.Sort();
        return
        [
            new($"create to watch, {Watchers} watchers, p50 (ms)", latencies[latencies.Count / 2], HigherIsBetter: false),
            new($"create to watch, {Watchers} watchers, p99 (ms)", latencies[latencies.Count * 99 / 100], HigherIsBetter: false),
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
                var version = JsonDocument.Parse(await http.GetStringAsync($"{Path}?limit=1", stop)).RootElement.GetProperty("metadata").GetProperty("resourceVersion").GetString();
                using var response = await http.GetAsync($"{Path}?watch=1&resourceVersion={version}", HttpCompletionOption.ResponseHeadersRead, stop);
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

    private async Task<double> RateAsync(Func<int, Task> one)
    {
        var next = -1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < objects; i = Interlocked.Increment(ref next))
            {
                await one(i);
            }
        }));
        return objects / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
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

    private async Task SendAsync(HttpMethod method, string path, string? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json");
        }

        using var response = await http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsByteArrayAsync(cancel);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {Encoding.UTF8.GetString(text)}");
        }
    }

    private static string Object(string name) => $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"app":"load"}},"data":{"value":"{{{new string('x', 200)}}}"}}""";
}
