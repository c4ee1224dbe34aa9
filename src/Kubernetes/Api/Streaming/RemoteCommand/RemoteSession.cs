using System.Text.Json.Nodes;
using Kubernetes.Api.Commands;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Requests;

namespace Kubernetes.Api.Streaming.RemoteCommand;

/// <summary>A client that is connected to a command: over a WebSocket (KEP-4006) or, as clients before it, over SPDY.</summary>
internal static class RemoteSession
{
    /// <summary>Connects the client, runs, and tells it how it ended.</summary>
    /// <param name="request">Its query says which streams the client wants: stdin, stdout, stderr, tty.</param>
    /// <param name="run">Returns the exit code.</param>
    /// <param name="stop">The server ends.</param>
    /// <exception cref="ApiException">The request asks for no upgrade that is spoken.</exception>
    public static async Task RunAsync(ApiRequest request, Func<CommandStreams, CancellationToken, Task<int>> run, CancellationToken stop)
    {
        using var streams = await AcceptAsync(request);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stop);
        var reading = streams.ReadAsync(gone);
        if (!await ReadyAsync(streams, gone.Token))
        {
            await gone.CancelAsync();
            await reading;
            return;
        }
        var input = request.Flag("stdin") ? streams.Input : null;
        await streams.EndAsync(await StatusAsync(new CommandStreams(input, streams.OutputAsync, streams.ErrorAsync), run, gone.Token));
        await Farewell.TakeAsync(reading, gone);
    }

    private static async Task<IRemoteStreams> AcceptAsync(ApiRequest request)
    {
        if (SpdyUpgrade.IsAsked(request.Http))
        {
            return new SpdyStreams(await SpdyUpgrade.AcceptAsync(request.Http, SpdyStreams.Protocol), Expected(request));
        }
        var sockets = request.Http.WebSockets;
        var protocol = ChannelSocket.Protocols.FirstOrDefault(sockets.WebSocketRequestedProtocols.Contains);
        if (!sockets.IsWebSocketRequest || protocol is null)
        {
            throw StatusErrors.BadRequest("Upgrade request required");
        }
        return new ChannelSocket(new MessageSocket(await sockets.AcceptWebSocketAsync(protocol)));
    }

    private static List<string> Expected(ApiRequest request)
    {
        var tty = request.Flag("tty");
        List<string> expected = ["error"];
        expected.AddRange(new[] { "stdin", "stdout", "stderr" }.Where(type => request.Flag(type) && !(tty && type == "stderr")));
        if (tty)
        {
            expected.Add("resize");
        }
        return expected;
    }

    private static async Task<bool> ReadyAsync(IRemoteStreams streams, CancellationToken gone)
    {
        try
        {
            await streams.ReadyAsync(gone);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<JsonObject> StatusAsync(CommandStreams streams, Func<CommandStreams, CancellationToken, Task<int>> run, CancellationToken gone)
    {
        try
        {
            var exitCode = await run(streams, gone);
            return exitCode == 0 ? new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" } : NonZero(exitCode);
        }
        catch (CommandException exception)
        {
            return new JsonObject
            {
                ["metadata"] = new JsonObject(), ["status"] = "Failure", ["reason"] = "InternalError", ["code"] = 500,
                ["message"] = $"Internal error occurred: error executing command in container: {exception.Message}",
            };
        }
    }

    private static JsonObject NonZero(int exitCode) => new()
    {
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = $"command terminated with non-zero exit code: exit status {exitCode}",
        ["reason"] = "NonZeroExitCode",
        ["details"] = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ExitCode", ["message"] = exitCode.ToString() }) },
    };
}
