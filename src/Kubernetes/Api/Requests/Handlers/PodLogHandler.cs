using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Logs;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/log: follow, previous, sinceSeconds, sinceTime, timestamps, tailLines, limitBytes (kubernetes pkg/registry/core/pod LogLocation).</summary>
internal sealed class PodLogHandler(ApiContext api)
{
    public async Task ReadAsync(ApiRequest request)
    {
        var name = request.Info.Name!;
        var pod = api.Named(request);
        var container = Container(pod, name, request.Query("container"));
        var query = Query(request);
        var lines = api.ContainerLogs?.Read(pod.Text("metadata", "uid")!, container, query, request.Aborted)
            ?? throw Unavailable(pod, name, container, query.Previous);
        await WriteAsync(request, lines);
    }

    /// <summary>The container that is meant; one must be named where there are several.</summary>
    internal static string Container(JsonObject pod, string name, string? asked)
    {
        var init = pod.Items("spec", "initContainers").Select(container => container.Text("name")!).ToList();
        var names = pod.Items("spec", "containers").Select(container => container.Text("name")!).ToList();
        if (!string.IsNullOrEmpty(asked))
        {
            return names.Concat(init).Contains(asked) ? asked : throw StatusErrors.BadRequest($"container {asked} is not valid for pod {name}");
        }
        if (names.Count == 1)
        {
            return names[0];
        }
        var choice = $"a container name must be specified for pod {name}, choose one of: [{string.Join(' ', names)}]";
        throw StatusErrors.BadRequest(init.Count == 0 ? choice : $"{choice} or one of the init containers: [{string.Join(' ', init)}]");
    }

    private LogQuery Query(ApiRequest request)
    {
        var seconds = Number(request, "sinceSeconds");
        var time = request.Query("sinceTime");
        if (seconds is not null && time is not null)
        {
            throw StatusErrors.BadRequest("at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        return new LogQuery
        {
            Follow = request.Flag("follow"),
            Previous = request.Flag("previous"),
            TailLines = (int?)Number(request, "tailLines"),
            Since = seconds is not null ? api.Time.GetUtcNow().AddSeconds(-seconds.Value)
                : DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since) ? since : null,
        };
    }

    private static long? Number(ApiRequest request, string name) =>
        request.Query(name) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw StatusErrors.BadRequest($"{name} must be greater than or equal to 0");

    private static ApiException Unavailable(JsonObject pod, string name, string container, bool previous)
    {
        if (previous)
        {
            return StatusErrors.BadRequest($"previous terminated container \"{container}\" in pod \"{name}\" not found");
        }
        var waiting = pod.Items("status", "containerStatuses").Concat(pod.Items("status", "initContainerStatuses"))
            .FirstOrDefault(status => status.Text("name") == container)?.Text("state", "waiting", "reason");
        return StatusErrors.BadRequest($"container \"{container}\" in pod \"{name}\" is waiting to start: {waiting ?? "ContainerCreating"}");
    }

    private static async Task WriteAsync(ApiRequest request, IAsyncEnumerable<LogLine> lines)
    {
        var timestamps = request.Flag("timestamps");
        var left = Number(request, "limitBytes") ?? long.MaxValue;
        var response = request.Http.Response;
        response.StatusCode = 200;
        response.ContentType = "text/plain";
        await response.StartAsync(request.Aborted);
        await response.Body.FlushAsync(request.Aborted);
        await foreach (var line in lines.WithCancellation(request.Aborted))
        {
            var text = timestamps ? $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffffff00Z} {line.Text}\n" : line.Text + "\n";
            var bytes = Encoding.UTF8.GetBytes(text);
            var count = (int)Math.Min(left, bytes.Length);
            await response.Body.WriteAsync(bytes.AsMemory(0, count), request.Aborted);
            if (request.Flag("follow"))
            {
                await response.Body.FlushAsync(request.Aborted);
            }
            if ((left -= count) == 0)
            {
                return;
            }
        }
    }
}
