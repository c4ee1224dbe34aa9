using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire.Protobuf;

namespace Kubernetes.Tests.Api;

/// <summary>A watch over real HTTP, read line by line, or frame by frame where it comes in protobuf.</summary>
public sealed class WatchReader : IAsyncDisposable
{
    private readonly HttpResponseMessage response;
    private readonly Stream body;
    private readonly StreamReader lines;

    private WatchReader(HttpResponseMessage response, Stream body)
    {
        this.response = response;
        this.body = body;
        lines = new StreamReader(body);
        Type = response.Content.Headers.NonValidated["Content-Type"].ToString();
    }

    public string Type { get; }

    public static async Task<WatchReader> OpenAsync(ServerFixture fixture, string path, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = new Version(2, 0) };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var answer = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).Should().Be(200);
        return new WatchReader(answer, await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public Task<(string Type, JsonNode Object)?> NextAsync() =>
        (Type.StartsWith(ProtobufBody.MediaType, StringComparison.Ordinal) ? NextFrameAsync() : NextJsonAsync())
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private async Task<(string Type, JsonNode Object)?> NextJsonAsync()
    {
        var line = await lines.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line is null)
        {
            return null;
        }
        var node = JsonNode.Parse(line)!;
        return (node["type"]!.GetValue<string>(), node["object"]!);
    }

    private async Task<(string Type, JsonNode Object)?> NextFrameAsync()
    {
        var length = new byte[sizeof(int)];
        if (await body.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, TestContext.Current.CancellationToken) == 0)
        {
            return null;
        }
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await body.ReadExactlyAsync(frame, TestContext.Current.CancellationToken);
        var fields = ProtobufFields.Of(frame);
        var raw = ProtobufFields.Of(fields[2].Single().ToByteArray())[1].Single();
        return (fields[1].Single().ToStringUtf8(), ProtobufBody.Parse(raw.Span));
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
