using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Server.Views;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Streams: one JSON object a line, <c>{"result": …}</c>, until the client goes.</summary>
internal static class StreamRoutes
{
    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapGet("/api/v1/stream/applications", http => ApplicationsAsync(http, context));
        web.MapGet("/api/v1/stream/applications/{name}/resource-tree", http => TreeAsync(http, context));
    }

    private static async Task ApplicationsAsync(HttpContext http, ServerContext context)
    {
        var name = http.Query("name");
        var version = http.Query("resourceVersion");
        await StartAsync(http);
        if (string.IsNullOrEmpty(version))
        {
            var list = await context.Client.ListAsync(Application.Resource, context.Namespace, cancel: http.RequestAborted);
            version = list.ResourceVersion;
            foreach (var application in list.Items.Where(item => Matches(item, name, http)))
            {
                await http.WriteLineAsync(Event("ADDED", application));
            }
        }

        await foreach (var change in WatchAsync(context, version, http.RequestAborted))
        {
            if (change.Kind != WatchEventKind.Bookmark && Matches(change.Object, name, http))
            {
                await http.WriteLineAsync(Event(change.Kind.ToString().ToUpperInvariant(), change.Object));
            }
        }
    }

    /// <summary>The tree now, and again with each change of the application.</summary>
    private static async Task TreeAsync(HttpContext http, ServerContext context)
    {
        var (application, comparison, cluster) = await ResourceRoutes.CompareAsync(http, context);
        await StartAsync(http);
        await http.WriteLineAsync(ResourceTreeView.Of(comparison.Resources, cluster.Objects));
        await foreach (var change in WatchAsync(context, application.Metadata.ResourceVersion, http.RequestAborted))
        {
            if (change.Object.Metadata.Name != application.Name || change.Kind is WatchEventKind.Bookmark)
            {
                continue;
            }

            if (change.Kind == WatchEventKind.Deleted)
            {
                return;
            }

            (_, comparison, cluster) = await ResourceRoutes.CompareAsync(new Application(change.Object), context, http.RequestAborted);
            await http.WriteLineAsync(ResourceTreeView.Of(comparison.Resources, cluster.Objects));
        }
    }

    private static async Task StartAsync(HttpContext http)
    {
        http.Response.ContentType = http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal)
            ? "text/event-stream"
            : "application/json";
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    // a watch ends by the server's will now and then: the stream goes on from where it was
    private static async IAsyncEnumerable<WatchEvent<Unstructured>> WatchAsync(
        ServerContext context, string version, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var options = new ListOptions { ResourceVersion = version };
            await foreach (var change in context.Client.WatchAsync(Application.Resource, context.Namespace, options, cancel))
            {
                version = change.Object.Metadata.ResourceVersion;
                yield return change;
            }
        }
    }

    private static bool Matches(Unstructured application, string? name, HttpContext http)
    {
        var projects = http.Request.Query["projects"].Where(project => !string.IsNullOrEmpty(project)).ToList();
        return (string.IsNullOrEmpty(name) || application.Metadata.Name == name)
            && (projects.Count == 0 || projects.Contains(new Application(application).Spec.ProjectName));
    }

    private static JsonObject Event(string type, Unstructured application)
        => new() { ["type"] = type, ["application"] = application.Json.DeepClone() };
}
