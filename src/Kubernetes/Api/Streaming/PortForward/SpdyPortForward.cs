using System.Text;
using Kubernetes.Api.Streaming.Spdy;

namespace Kubernetes.Api.Streaming.PortForward;

/// <summary>
/// Port forwarding as client-go's tools/portforward does it, protocol portforward.k8s.io: for every connection a stream of errors and one of data,
/// with the same <c>requestID</c>.
/// </summary>
internal sealed class SpdyPortForward(SpdyConnection connection, ForwardedPod pod)
{
    public const string Protocol = "portforward.k8s.io";

    private readonly Dictionary<string, (SpdyStream? Data, SpdyStream? Error)> pairs = [];
    private readonly List<Task> running = [];

    public async Task RunAsync(CancellationToken cancel)
    {
        await connection.RunAsync(Opened, cancel);
        await Task.WhenAll(running);
    }

    private void Opened(SpdyStream stream)
    {
        running.RemoveAll(task => task.IsCompleted);
        var id = stream.Header("requestID");
        var pair = pairs.GetValueOrDefault(id);
        switch (stream.Header("streamType"))
        {
            case "data" when pair.Data is null && Port(stream) > 0:
                pair.Data = stream;
                break;
            case "error" when pair.Error is null:
                pair.Error = stream;
                break;
            default:
                running.Add(connection.ResetAsync(stream));
                return;
        }
        if (pair is { Data: { } data, Error: { } error })
        {
            pairs.Remove(id);
            running.Add(ForwardAsync(data, error));
        }
        else
        {
            pairs[id] = pair;
        }
    }

    private async Task ForwardAsync(SpdyStream data, SpdyStream error)
    {
        await Task.Yield();
        var problem = await pod.ForwardAsync(Port(data), data.Input, data.WriteAsync, data.Reset);
        if (problem is not null)
        {
            await error.WriteAsync(Encoding.UTF8.GetBytes(problem));
        }
        await data.CloseAsync();
        await error.CloseAsync();
    }

    private static int Port(SpdyStream stream) => ushort.TryParse(stream.Header("port"), out var port) ? port : 0;
}
