using System.Text.Json.Nodes;
using Kubernetes.Api.Commands;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/exec over WebSocket (kubernetes pkg/registry/core/pod/rest ExecREST; KEP-4006). SPDY is refused.</summary>
internal sealed class PodExecHandler(ApiContext api)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    public async Task ExecAsync(ApiRequest request)
    {
        var name = request.Info.Name!;
        var stored = api.Store.Find(request.Resource.Key(request.Info.Namespace!, name)) ?? throw StatusErrors.NotFound(request.Resource, name);
        var pod = Metadata.Tree(stored.Value);
        var container = PodLogHandler.Container(pod, name, request.Query("container"));
        var command = request.Http.Request.Query["command"].Select(word => word ?? "").ToList();
        if (command.Count == 0)
        {
            throw StatusErrors.BadRequest("you must specify at least one command for the container");
        }
        var uid = pod.Text("metadata", "uid")!;
        if (api.ContainerCommands is not { } commands)
        {
            throw new ApiException(501, "NotImplemented", "pods/exec is not supported by this server: no node runs commands");
        }
        if (commands.Refusal(uid, container) is { } refusal)
        {
            throw StatusErrors.BadRequest(refusal);
        }
        var sockets = request.Http.WebSockets;
        var protocol = ChannelSocket.Protocols.FirstOrDefault(sockets.WebSocketRequestedProtocols.Contains);
        if (!sockets.IsWebSocketRequest || protocol is null)
        {
            throw StatusErrors.BadRequest($"Upgrade request required: this server streams over WebSocket ({string.Join(", ", ChannelSocket.Protocols)}), not over SPDY");
        }
        using var socket = new ChannelSocket(await sockets.AcceptWebSocketAsync(protocol));
        await RunAsync(request, socket, (token, streams) => commands.RunAsync(uid, container, command, streams, token));
    }

    private static async Task RunAsync(ApiRequest request, ChannelSocket socket, Func<CancellationToken, CommandStreams, Task<int>> run)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted);
        var input = request.Flag("stdin") ? socket.Input : null;
        var reading = socket.ReadAsync(gone);
        JsonObject status;
        try
        {
            var exitCode = await run(gone.Token, new CommandStreams(input, piece => socket.SendAsync(1, piece), piece => socket.SendAsync(2, piece)));
            status = exitCode == 0 ? new JsonObject { ["metadata"] = new JsonObject(), ["status"] = "Success" } : NonZero(exitCode);
        }
        catch (CommandException exception)
        {
            status = new JsonObject
            {
                ["metadata"] = new JsonObject(), ["status"] = "Failure", ["reason"] = "InternalError", ["code"] = 500,
                ["message"] = $"Internal error occurred: error executing command in container: {exception.Message}",
            };
        }
        await socket.EndAsync(status);
        // the client closes from its side; cut off earlier, it might not have read the status
        await reading.WaitAsync(Farewell, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await gone.CancelAsync();
        await reading;
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
