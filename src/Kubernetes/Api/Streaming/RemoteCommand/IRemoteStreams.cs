using System.Text.Json.Nodes;

namespace Kubernetes.Api.Streaming.RemoteCommand;

/// <summary>A client's end of a command's streams, whatever carries them.</summary>
internal interface IRemoteStreams : IDisposable
{
    /// <summary>What the client types; ends when it ends.</summary>
    Stream Input { get; }

    /// <summary>Takes what the client sends until it goes; then <paramref name="gone"/> is cancelled.</summary>
    Task ReadAsync(CancellationTokenSource gone);

    /// <summary>Completes once the client is ready for output.</summary>
    Task ReadyAsync(CancellationToken cancel);

    Task OutputAsync(ReadOnlyMemory<byte> piece);

    Task ErrorAsync(ReadOnlyMemory<byte> piece);

    /// <summary>Sends the final Status and ends this side.</summary>
    Task EndAsync(JsonObject status);
}
