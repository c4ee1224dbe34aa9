using System.Buffers.Binary;

namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>
/// The server's end of SPDY/3.1 as client-go speaks it (moby/spdystream): streams are opened by the client, there are no windows and no priorities.
/// </summary>
/// <param name="transport">Bytes both ways: an upgraded connection, or a WebSocket's messages.</param>
internal sealed class SpdyConnection(Stream transport) : IDisposable
{
    private const int PieceBytes = 32 * 1024;
    private const int ControlBytesMax = 64 * 1024;
    private const int StreamsMax = 1000;
    private const int SynStreamBytes = 10;
    private const int RefusedStream = 3;

    private readonly HeaderBlocks headers = new();
    private readonly Dictionary<int, SpdyStream> streams = [];
    private readonly SemaphoreSlim sending = new(1);
    private bool replied;

    /// <summary>Takes frames until the client goes; then every stream is given up.</summary>
    /// <param name="opened">Is handed each new stream, before any of its data; must not block.</param>
    /// <param name="cancel">Ends it from this side.</param>
    public async Task RunAsync(Action<SpdyStream> opened, CancellationToken cancel)
    {
        var header = new byte[SpdyFrame.HeaderBytes];
        try
        {
            while (await transport.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel) == header.Length)
            {
                var frame = SpdyFrame.Read(header);
                if (frame.Type is null)
                {
                    await DataAsync(frame, cancel);
                }
                else
                {
                    await ControlAsync(frame, opened, cancel);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SpdyException or System.Net.WebSockets.WebSocketException)
        {
            // gone, or not to be understood: either way it is over
        }
        foreach (var stream in streams.Values)
        {
            await stream.AbortAsync();
        }
    }

    public async Task SendDataAsync(int streamId, ReadOnlyMemory<byte> piece, bool end)
    {
        do
        {
            var part = piece[..Math.Min(PieceBytes, piece.Length)];
            piece = piece[part.Length..];
            await SendAsync(SpdyFrame.Data(streamId, end && piece.IsEmpty ? SpdyFrame.Fin : (byte)0, part.Span));
        }
        while (!piece.IsEmpty);
    }

    public Task ResetAsync(SpdyStream stream) => SendAsync(SpdyFrame.Control(SpdyFrameType.RstStream, Two(stream.Id, RefusedStream)));

    public void Dispose()
    {
        headers.Dispose();
        sending.Dispose();
        foreach (var stream in streams.Values)
        {
            stream.Dispose();
        }
    }

    private async Task DataAsync(SpdyFrame frame, CancellationToken cancel)
    {
        var stream = streams.GetValueOrDefault(frame.StreamId);
        var piece = new byte[Math.Min(frame.Length, PieceBytes)];
        for (var left = frame.Length; left > 0;)
        {
            var part = piece.AsMemory(0, Math.Min(left, piece.Length));
            await transport.ReadExactlyAsync(part, cancel);
            left -= part.Length;
            if (stream is not null)
            {
                await stream.TakeAsync(part, cancel);
            }
        }
        if (frame.Ends && stream is not null)
        {
            await stream.EndInputAsync();
        }
    }

    private async Task ControlAsync(SpdyFrame frame, Action<SpdyStream> opened, CancellationToken cancel)
    {
        if (frame.Length > ControlBytesMax)
        {
            throw new SpdyException($"control frame of {frame.Length} bytes");
        }
        var payload = new byte[frame.Length];
        await transport.ReadExactlyAsync(payload, cancel);
        switch (frame.Type)
        {
            case SpdyFrameType.SynStream when payload.Length >= SynStreamBytes:
                await OpenAsync(frame, payload, opened);
                break;
            case SpdyFrameType.RstStream when payload.Length >= 4:
                if (streams.Remove(BinaryPrimitives.ReadInt32BigEndian(payload), out var stream))
                {
                    await stream.AbortAsync();
                }
                break;
            case SpdyFrameType.Ping:
                await SendAsync(SpdyFrame.Control(SpdyFrameType.Ping, payload));
                break;
        }
    }

    private async Task OpenAsync(SpdyFrame frame, byte[] payload, Action<SpdyStream> opened)
    {
        var id = BinaryPrimitives.ReadInt32BigEndian(payload) & 0x7fffffff;
        var stream = new SpdyStream(id, headers.Read(payload.AsSpan(SynStreamBytes)), this);
        foreach (var (old, _) in streams.Where(open => open.Value.Over).ToList())
        {
            streams.Remove(old);
        }
        if (streams.Count >= StreamsMax || !streams.TryAdd(id, stream))
        {
            await ResetAsync(stream);
            return;
        }
        var block = HeaderBlocks.Empty(first: !replied);
        replied = true;
        await SendAsync(SpdyFrame.Control(SpdyFrameType.SynReply, [.. One(id), .. block]));
        if (frame.Ends)
        {
            await stream.EndInputAsync();
        }
        opened(stream);
    }

    private async Task SendAsync(byte[] frame)
    {
        await sending.WaitAsync();
        try
        {
            await transport.WriteAsync(frame);
            await transport.FlushAsync();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Net.WebSockets.WebSocketException or InvalidOperationException)
        {
            // the client has gone: the reader ends the streams
        }
        finally
        {
            sending.Release();
        }
    }

    private static byte[] One(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Two(int first, int second) => [.. One(first), .. One(second)];
}
