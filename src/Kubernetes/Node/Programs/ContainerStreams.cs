using System.Collections.Concurrent;
using System.Threading.Channels;
using Kubernetes.Api.Commands;

namespace Kubernetes.Node.Programs;

/// <summary>The streams of a container's program, shared by those who are attached to it.</summary>
public sealed class ContainerStreams
{
    // a client that is further behind is let go, so that it holds up nobody
    private const int PiecesMax = 4096;

    private readonly ConcurrentDictionary<ChannelWriter<Piece>, bool> _attached = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(Stream Stream, bool Once)> _input = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Passes on what is printed from now on, until the container ends, and takes what is typed.</summary>
    internal async Task AttachAsync(CommandStreams streams, CancellationToken cancel)
    {
        var pieces = Channel.CreateBounded<Piece>(PiecesMax);
        _attached[pieces.Writer] = true;
        if (_ended.Task.IsCompleted)
        {
            pieces.Writer.TryComplete();
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var typing = TypeAsync(streams.Input, over.Token);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancel))
            {
                await (piece.IsError ? streams.Error : streams.Output)(piece.Bytes);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the client has gone
        }
        finally
        {
            _attached.TryRemove(pieces.Writer, out _);
            await over.CancelAsync();
            await typing;
        }
    }

    /// <summary>The program's standard input, of a container with <c>stdin: true</c>.</summary>
    /// <param name="input">Bytes for it.</param>
    /// <param name="once">It ends with the first client that was attached to it (<c>stdinOnce</c>).</param>
    internal void TakeInput(Stream input, bool once) => _input.TrySetResult((input, once));

    internal void Publish(ReadOnlySpan<byte> bytes, bool isError)
    {
        if (_attached.IsEmpty)
        {
            return;
        }

        var piece = new Piece(bytes.ToArray(), isError);
        foreach (var (attached, _) in _attached)
        {
            if (!attached.TryWrite(piece))
            {
                attached.TryComplete();
            }
        }
    }

    internal void End()
    {
        _ended.TrySetResult();
        foreach (var (attached, _) in _attached)
        {
            attached.TryComplete();
        }
    }

    private async Task TypeAsync(Stream? from, CancellationToken over)
    {
        if (from is null)
        {
            return;
        }

        try
        {
            // a client may be attached before the program's process has started
            var (input, once) = await _input.Task.WaitAsync(over);
            try
            {
                await from.CopyToAsync(input, over);
                await input.FlushAsync(over);
            }
            finally
            {
                if (once)
                {
                    await input.DisposeAsync();
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the program reads no more, or the client has gone
        }
    }

    private sealed record Piece(ReadOnlyMemory<byte> Bytes, bool IsError);
}
