using System.Text.Json.Nodes;
using ArgoCd.Applications;
using Controllers.Runtime.Client;

namespace ArgoCd.Server.Routes;

/// <summary>Asks the controller for a refresh by annotation and waits for its end (<c>util/argo</c> RefreshApp, <c>Get</c>).</summary>
internal static class RefreshRequest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public static async Task<Application> RunAsync(Application application, string type, ServerContext context, CancellationToken cancel)
    {
        var annotations = new JsonObject
        {
            [Application.RefreshAnnotation] = type == "hard" ? "hard" : "normal",
            [Application.RefreshTimestampAnnotation] = context.Time.GetUtcNow().UtcDateTime.ToString("O"),
        };
        var asked = await context.Client.PatchAsync(
            Application.Resource,
            context.Namespace,
            application.Name,
            Patch.Merge(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }),
            cancel: cancel);

        using var deadline = new CancellationTokenSource(Deadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            var options = new ListOptions { FieldSelector = $"metadata.name={application.Name}", ResourceVersion = asked.Metadata.ResourceVersion };
            await foreach (var change in context.Client.WatchAsync(Application.Resource, context.Namespace, options, either.Token))
            {
                if (change.Object.Metadata.Name != application.Name || change.Kind == WatchEventKind.Bookmark)
                {
                    continue;
                }

                if (change.Kind == WatchEventKind.Deleted)
                {
                    throw GrpcException.PermissionDenied;
                }

                var current = new Application(change.Object);
                if (current.RefreshRequested is null)
                {
                    return current;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new GrpcException(GrpcCode.Unknown, "application refresh deadline exceeded");
        }

        return await context.ApplicationAsync(application.Name, null, cancel);
    }
}
