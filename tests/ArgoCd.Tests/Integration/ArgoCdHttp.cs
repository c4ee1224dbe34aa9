using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Tests.Integration;

/// <summary>Requests to Argo CD's HTTP API.</summary>
internal sealed class ArgoCdHttp(Uri address) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address };

    public async Task LoginAsync(string password)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, "/api/v1/session", new JsonObject { ["username"] = "admin", ["password"] = password });
        status.Should().Be(HttpStatusCode.OK);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", body.Text("token"));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, JsonNode? body = null, bool anonymous = false)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var stranger = anonymous ? new HttpClient() : null;
        using var response = await (stranger ?? _http).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : JsonValue.Create(text));
    }

    /// <summary>Reads lines of a stream until one satisfies the condition.</summary>
    public async Task<JsonNode> StreamAsync(string path, Func<JsonNode, bool> condition, CancellationToken cancel)
    {
        using var stream = new StreamReader(await _http.GetStreamAsync(new Uri(address, path), cancel));
        while (await stream.ReadLineAsync(cancel) is { } line)
        {
            if (JsonNode.Parse(line) is { } node && condition(node))
            {
                return node;
            }
        }

        throw new InvalidOperationException("the stream ended");
    }

    public void Dispose() => _http.Dispose();
}
