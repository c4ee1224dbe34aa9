using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Json;
using ArgoCd.Live;
using ArgoCd.Projects;
using ArgoCd.Server.Actions;
using ArgoCd.Server.Views;
using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>The resources of an application: tree, differences, one resource, its actions, events.</summary>
internal static class ResourceRoutes
{
    private const string Base = "/api/v1/applications/{name}";

    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapGet(Base + "/resource-tree", async http =>
        {
            var (_, comparison, cluster) = await CompareAsync(http, context);
            await http.WriteAsync(ResourceTreeView.Of(comparison.Resources, cluster.Objects));
        });
        web.MapGet(Base + "/managed-resources", async http =>
        {
            var (_, comparison, _) = await CompareAsync(http, context);
            var wanted = comparison.Resources.Where(resource =>
                (http.Query("kind") is not { Length: > 0 } kind || kind == resource.Key.Kind)
                && (http.Query("resourceName") ?? http.Query("name")) is var name && (string.IsNullOrEmpty(name) || name == resource.Key.Name));
            await http.WriteAsync(new JsonObject { ["items"] = new JsonArray([.. wanted.Select(ManagedView)]) });
        });
        web.MapGet(Base + "/resource", async http =>
        {
            var (_, _, live) = await ResourceAsync(http, context, name => http.Query(name));
            await http.WriteAsync(new JsonObject { ["manifest"] = SecretMasking.Mask(live.Json)[0].Compact() });
        });
        web.MapPost(Base + "/resource", http => PatchAsync(http, context));
        web.MapDelete(Base + "/resource", http => DeleteAsync(http, context));
        web.MapGet(Base + "/resource/actions", async http =>
        {
            var (_, _, live) = await ResourceAsync(http, context, name => http.Query(name));
            await http.WriteAsync(new JsonObject { ["actions"] = new JsonArray([.. ResourceActions.Discover(live.Json).Select(action => (JsonNode)ArgoJson.Write(action))]) });
        });
        web.MapPost(Base + "/resource/actions", async http =>
        {
            // the first shape of the request: the action alone is the body, the rest is in the query
            var action = (await http.BodyNodeAsync()).Text() ?? http.Query("action") ?? "";
            await RunActionAsync(http, context, action, name => http.Query(name));
        });
        web.MapPost(Base + "/resource/actions/v2", async http =>
        {
            var body = await http.BodyAsync();
            await RunActionAsync(http, context, body.Text("action") ?? "", name => body.Text(name));
        });
        web.MapGet(Base + "/events", http => EventsAsync(http, context));
    }

    /// <summary>The application against the live state, at the commit of its last comparison.</summary>
    internal static async Task<(Application Application, ComparisonResult Comparison, ClusterCache Cluster)> CompareAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        return await CompareAsync(application, context, http.RequestAborted);
    }

    internal static async Task<(Application Application, ComparisonResult Comparison, ClusterCache Cluster)> CompareAsync(
        Application application, ServerContext context, CancellationToken cancel)
    {
        var cluster = await context.Live.GetAsync(cancel);
        var project = context.Projects.Find(application.Spec.ProjectName) ?? new AppProject();
        var state = new AppState(context.Settings, context.Repositories, context.Manifests, cluster, context.Time);
        IReadOnlyList<string?> revisions = application.Spec.HasMultipleSources ? [.. application.Status.Sync.Revisions ?? []] : [application.Status.Sync.Revision];
        var comparison = await state.CompareAsync(application, project, application.Spec.AllSources, revisions, hard: false, reportErrors: true, cancel);
        return (application, comparison, cluster);
    }

    private static JsonNode ManagedView(ManagedResource resource)
    {
        var forms = SecretMasking.Mask(resource.Target?.Json, resource.Live?.Json, resource.Diff.NormalizedLive, resource.Diff.PredictedLive);
        return new JsonObject
        {
            ["group"] = resource.Key.Group,
            ["kind"] = resource.Key.Kind,
            ["namespace"] = resource.Key.Namespace,
            ["name"] = resource.Key.Name,
            ["targetState"] = forms[0].Compact(),
            ["liveState"] = forms[1].Compact(),
            ["normalizedLiveState"] = forms[2].Compact(),
            ["predictedLiveState"] = forms[3].Compact(),
            ["resourceVersion"] = resource.Live?.Metadata.ResourceVersion ?? "",
            ["hook"] = resource.Status.Hook,
            ["modified"] = resource.Diff.Modified,
        };
    }

    /// <summary>The live object that a request names, when it is part of the application.</summary>
    private static async Task<(Application Application, Resource<Unstructured> Resource, Unstructured Live)> ResourceAsync(
        HttpContext http, ServerContext context, Func<string, string?> field)
    {
        var application = await context.ApplicationAsync(http.Part("name"), field("project"), http.RequestAborted);
        var cluster = await context.Live.GetAsync(http.RequestAborted);
        var key = new ResourceKey(field("group") ?? "", field("kind") ?? "", field("namespace") ?? "", field("resourceName") ?? "");
        var version = field("version") is { Length: > 0 } given ? given : cluster.Find(key)?.Version ?? "v1";
        var apiVersion = key.Group.Length == 0 ? version : $"{key.Group}/{version}";
        if (await cluster.Kinds.FindAsync(apiVersion, key.Kind, http.RequestAborted) is { } resource
            && key.Name.Length > 0
            && await context.Client.FindAsync(resource, key.Namespace, key.Name, http.RequestAborted) is { } live
            && ResourceTree.ApplicationOf(live, cluster.Find) == application.Name)
        {
            live.ApiVersion = resource.ApiVersion;
            live.Kind = resource.Kind;
            return (application, resource, live);
        }

        throw new GrpcException(GrpcCode.InvalidArgument, $"{key.Kind} {key.Group} {key.Name} not found as part of application {application.Name}");
    }

    private static async Task RunActionAsync(HttpContext http, ServerContext context, string action, Func<string, string?> field)
    {
        var (application, resource, live) = await ResourceAsync(http, context, field);
        if (ResourceActions.Run(live.Json, action, context.Time.GetUtcNow()) is not { } changed)
        {
            throw new GrpcException(GrpcCode.Unknown, $"error getting Lua resource action: built-in script does not exist: {action}");
        }

        await ResourcePatch.ApplyAsync(context.Client, resource, live, changed, http.RequestAborted);
        await context.Events.NormalAsync(
            application.Object,
            "ResourceActionRan",
            $"{http.Username()} ran action {action} on resource {resource.Group}/{resource.Kind}/{live.Metadata.Name}",
            http.RequestAborted);
        await http.WriteAsync(new JsonObject());
    }

    private static async Task PatchAsync(HttpContext http, ServerContext context)
    {
        var (_, resource, live) = await ResourceAsync(http, context, name => http.Query(name));
        var body = await http.BodyNodeAsync();
        var patch = body.Text() is { } text ? JsonNode.Parse(text) : body;
        var sent = http.Query("patchType") switch
        {
            "application/json-patch+json" when patch is JsonArray operations => Patch.Json(operations),
            "application/strategic-merge-patch+json" when patch is JsonObject strategic => Patch.Strategic(strategic),
            _ when patch is JsonObject merge => Patch.Merge(merge),
            var other => throw new GrpcException(GrpcCode.InvalidArgument, $"unsupported patch type {other}"),
        };
        var patched = await context.Client.PatchAsync(resource, live.Metadata.NamespaceProperty, live.Metadata.Name, sent, cancel: http.RequestAborted);
        await http.WriteAsync(new JsonObject { ["manifest"] = SecretMasking.Mask(patched.Json)[0].Compact() });
    }

    private static async Task DeleteAsync(HttpContext http, ServerContext context)
    {
        var (application, resource, live) = await ResourceAsync(http, context, name => http.Query(name));
        var options = new V1DeleteOptions
        {
            PropagationPolicy = http.Flag("orphan") == true ? "Orphan" : http.Flag("force") == true ? "Background" : "Foreground",
            GracePeriodSeconds = http.Flag("force") == true ? 0 : null,
        };
        await context.Client.DeleteAsync(resource, live.Metadata.NamespaceProperty, live.Metadata.Name, options, http.RequestAborted);
        await context.Events.NormalAsync(
            application.Object, "ResourceDeleted", $"{http.Username()} deleted resource {resource.Group}/{resource.Kind} '{live.Metadata.Name}'", http.RequestAborted);
        await http.WriteAsync(new JsonObject());
    }

    private static async Task EventsAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        var (uid, @namespace, name) = (http.Query("resourceUID"), http.Query("resourceNamespace"), http.Query("resourceName"));
        var selector = string.IsNullOrEmpty(name) && string.IsNullOrEmpty(uid)
            ? (Namespace: context.Namespace, Uid: application.Metadata.Uid, Name: application.Name)
            : (Namespace: string.IsNullOrEmpty(@namespace) ? "default" : @namespace, Uid: uid, Name: name);
        var list = await context.Client.ListAsync(Resources.Events.As<Unstructured>(), selector.Namespace, cancel: http.RequestAborted);
        var events = list.Items.Where(one =>
            one.Json.Text("involvedObject", "name") == selector.Name
            && (string.IsNullOrEmpty(selector.Uid) || one.Json.Text("involvedObject", "uid") == selector.Uid));
        await http.WriteAsync(new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = list.ResourceVersion },
            ["items"] = new JsonArray([.. events.Select(one => one.Json.DeepClone())]),
        });
    }
}
