using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Streaming.Spdy;

namespace Kubernetes.Api.Streaming.RemoteCommand;

/// <summary>
/// A command's streams over SPDY, protocol v4.channel.k8s.io: one stream each, named by the header <c>streamType</c>; the final Status goes over
/// <c>error</c> (kubelet pkg/cri/streaming/remotecommand/httpstream.go). Older clients, and those behind proxies without WebSockets, speak it.
/// </summary>
/// <param name="transport">The upgraded connection.</param>
/// <param name="expected">Types of the streams that the client opens before anything runs.</param>
internal sealed class SpdyStreams(Stream transport, IReadOnlyCollection<string> expected) : IRemoteStreams
{
    public const string Protocol = "v4.channel.k8s.io";

    // as upstream's DefaultStreamCreationTimeout
    private static readonly TimeSpan CreationTimeout = TimeSpan.FromSeconds(30);

    private readonly SpdyConnection connection = new(transport);
    private readonly Dictionary<string, SpdyStream> streams = [];
    private readonly TaskCompletionSource complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Stream Input => streams.GetValueOrDefault("stdin")?.Input ?? Stream.Null;

    public async Task ReadAsync(CancellationTokenSource gone)
    {
        await connection.RunAsync(Opened, gone.Token);
        await gone.CancelAsync();
    }

    public Task ReadyAsync(CancellationToken cancel) => complete.Task.WaitAsync(CreationTimeout, TimeProvider.System, cancel);

    public Task OutputAsync(ReadOnlyMemory<byte> piece) => SendAsync("stdout", piece);

    public Task ErrorAsync(ReadOnlyMemory<byte> piece) => SendAsync("stderr", piece);

    public async Task EndAsync(JsonObject status)
    {
        await SendAsync("error", Encoding.UTF8.GetBytes(status.ToJsonString()));
        foreach (var stream in streams.Values)
        {
            await stream.CloseAsync();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        transport.Dispose();
    }

    private Task SendAsync(string type, ReadOnlyMemory<byte> piece) => streams.GetValueOrDefault(type)?.WriteAsync(piece) ?? Task.CompletedTask;

    private void Opened(SpdyStream stream)
    {
        if (complete.Task.IsCompleted || !streams.TryAdd(stream.Header("streamType"), stream))
        {
            return;
        }
        if (expected.All(streams.ContainsKey))
        {
            complete.SetResult();
        }
    }
}
