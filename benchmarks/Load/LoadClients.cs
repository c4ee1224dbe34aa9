using System.Text;

namespace Load;

/// <summary>Many clients at once, each waiting for its answer before it asks again, through plain HTTP.</summary>
/// <param name="http">Leads to the server.</param>
/// <param name="clients">How many ask at the same time.</param>
internal sealed class LoadClients(HttpClient http, int clients)
{
    public HttpClient Http => http;

    public static string ConfigMaps(string @namespace) => $"/api/v1/namespaces/{@namespace}/configmaps";

    public Task NamespaceAsync(string name, CancellationToken cancel) =>
        SendAsync(HttpMethod.Post, "/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""", cancel);

    public Task CreateAsync(string @namespace, string name, CancellationToken cancel) => SendAsync(
        HttpMethod.Post,
        ConfigMaps(@namespace),
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","labels":{"app":"load"}},"data":{"value":"{{{new string('x', 200)}}}"}}""",
        cancel);

    /// <exception cref="InvalidOperationException">The server refused, in its words.</exception>
    public async Task SendAsync(HttpMethod method, string path, string? body, CancellationToken cancel)
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

    /// <summary>How many per second, of numbers from <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public async Task<double> RateAsync(int from, int to, Func<int, Task> one)
    {
        var next = from - 1;
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < to; i = Interlocked.Increment(ref next))
            {
                await one(i);
            }
        }));
        return (to - from) / TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }
}
