using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>A watch over real HTTP, read line by line.</summary>
public sealed class WatchReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader lines;

    private WatchReader(HttpResponseMessage response, StreamReader lines)
    {
        this.response = response;
        this.lines = lines;
    }

    public static async Task<WatchReader> OpenAsync(ServerFixture fixture, string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = new Version(2, 0) };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var answer = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).Should().Be(200);
        return new WatchReader(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(string Type, JsonNode Object)?> NextAsync()
    {
        var line = await lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        if (line is null)
        {
            return null;
        }
        var node = JsonNode.Parse(line)!;
        return (node["type"]!.GetValue<string>(), node["object"]!);
    }

    /// <summary>The next event as "TYPE name".</summary>
    public async Task<string> NextLineAsync()
    {
        var next = await NextAsync();
        return next is null ? "end" : $"{next.Value.Type} {next.Value.Object["metadata"]?["name"]?.GetValue<string>()}".TrimEnd();
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
