using System.IO.Pipelines;

namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>One stream that the client opened.</summary>
internal sealed class SpdyStream(int id, IReadOnlyDictionary<string, string> headers, SpdyConnection connection) : IDisposable
{
    private readonly Pipe input = new();
    private readonly CancellationTokenSource reset = new();
    private volatile bool inputEnded;
    private volatile bool closed;

    public int Id => id;

    /// <summary>A header that the client opened the stream with; empty where there is none.</summary>
    public string Header(string name) => headers.GetValueOrDefault(name, "");

    /// <summary>What the client sends; ends when it closes its side.</summary>
    public Stream Input => input.Reader.AsStream();

    /// <summary>The client gave the stream up, or is gone.</summary>
    public CancellationToken Reset => reset.Token;

    /// <summary>Neither side sends any more.</summary>
    internal bool Over => reset.IsCancellationRequested || (inputEnded && closed);

    public Task WriteAsync(ReadOnlyMemory<byte> piece) => connection.SendDataAsync(id, piece, end: false);

    /// <summary>Ends this side. What the client still sends is dropped.</summary>
    public async Task CloseAsync()
    {
        closed = true;
        await input.Reader.CompleteAsync();
        await connection.SendDataAsync(id, ReadOnlyMemory<byte>.Empty, end: true);
    }

    public void Dispose() => reset.Dispose();

    internal async Task TakeAsync(ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        if (!inputEnded)
        {
            await input.Writer.WriteAsync(piece, cancel);
        }
    }

    internal ValueTask EndInputAsync()
    {
        inputEnded = true;
        return input.Writer.CompleteAsync();
    }

    internal async Task AbortAsync()
    {
        await EndInputAsync();
        await reset.CancelAsync();
    }
}
