using Kubernetes.Api.Commands;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Streaming.RemoteCommand;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/attach (kubernetes pkg/registry/core/pod/rest AttachREST): the streams of a container's own program, from now on.</summary>
internal sealed class PodAttachHandler(ApiContext api, CancellationToken serverStopping)
{
    public async Task AttachAsync(ApiRequest request)
    {
        var name = request.Info.Name!;
        var pod = api.Named(request);
        var container = PodLogHandler.Container(pod, name, request.Query("container"));
        var uid = pod.Text("metadata", "uid")!;
        if (api.ContainerCommands is not { } commands)
        {
            throw new ApiException(501, "NotImplemented", "pods/attach is not supported by this server: no node runs containers");
        }
        if (!commands.IsRunning(uid, container))
        {
            throw StatusErrors.BadRequest($"container {container} not found in pod {name}_{request.Info.Namespace}");
        }
        await RemoteSession.RunAsync(request, AttachAsync, serverStopping);

        async Task<int> AttachAsync(CommandStreams streams, CancellationToken gone)
        {
            await commands.AttachAsync(uid, container, Wanted(request, streams), gone);
            return 0;
        }
    }

    private static CommandStreams Wanted(ApiRequest request, CommandStreams streams) => new(
        streams.Input,
        request.Flag("stdout") ? streams.Output : _ => Task.CompletedTask,
        request.Flag("stderr") ? streams.Error : _ => Task.CompletedTask);
}
