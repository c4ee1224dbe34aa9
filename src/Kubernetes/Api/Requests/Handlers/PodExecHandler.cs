using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Streaming.RemoteCommand;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/exec (kubernetes pkg/registry/core/pod/rest ExecREST).</summary>
internal sealed class PodExecHandler(ApiContext api, CancellationToken serverStopping)
{
    public async Task ExecAsync(ApiRequest request)
    {
        var name = request.Info.Name!;
        var pod = api.Named(request);
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
        await RemoteSession.RunAsync(request, (streams, gone) => commands.RunAsync(uid, container, command, streams, gone), serverStopping);
    }
}
