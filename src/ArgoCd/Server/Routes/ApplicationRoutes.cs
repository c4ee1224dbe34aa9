using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Comparison;
using ArgoCd.Json;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Applications: create, list, get, update, delete.</summary>
internal static class ApplicationRoutes
{
    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapGet("/api/v1/applications", http => ListAsync(http, context));
        web.MapPost("/api/v1/applications", http => CreateAsync(http, context));
        web.MapGet("/api/v1/applications/{name}", http => GetAsync(http, context));
        web.MapPut("/api/v1/applications/{name}", http => UpdateAsync(http, context, body => body.Object("spec"), body => body.Object("metadata")));
        web.MapPut("/api/v1/applications/{name}/spec", http => UpdateAsync(http, context, body => body, _ => null));
        web.MapPatch("/api/v1/applications/{name}", http => PatchAsync(http, context));
        web.MapDelete("/api/v1/applications/{name}", http => DeleteAsync(http, context));
        web.MapGet("/api/v1/applications/{name}/revisions/{revision}/metadata", http => RevisionAsync(http, context));
    }

    private static async Task ListAsync(HttpContext http, ServerContext context)
    {
        var list = await context.Client.ListAsync(
            Application.Resource, context.Namespace, new ListOptions { LabelSelector = http.Query("selector") }, http.RequestAborted);
        var projects = http.Request.Query["projects"].Concat(http.Request.Query["project"]).Where(name => !string.IsNullOrEmpty(name)).ToHashSet();
        var (name, repo) = (http.Query("name"), http.Query("repo"));
        var items = list.Items
            .Select(item => new Application(item))
            .Where(item => (string.IsNullOrEmpty(name) || item.Name == name)
                && (projects.Count == 0 || projects.Contains(item.Spec.ProjectName))
                && (string.IsNullOrEmpty(repo) || item.Spec.AllSources.Any(source => source.RepoURL == repo)))
            .OrderBy(item => item.Name, StringComparer.Ordinal);
        await http.WriteAsync(new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = list.ResourceVersion },
            ["items"] = new JsonArray([.. items.Select(item => (JsonNode)item.Object.Json.DeepClone())]),
        });
    }

    private static async Task GetAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        if (http.Query("refresh") is { Length: > 0 } type)
        {
            application = await RefreshRequest.RunAsync(application, type, context, http.RequestAborted);
        }

        await http.WriteAsync(application.Object.Json);
    }

    private static async Task CreateAsync(HttpContext http, ServerContext context)
    {
        var body = await http.BodyAsync();
        if (body.Count == 0)
        {
            throw new GrpcException(GrpcCode.Unknown, "error creating application: application is nil in request");
        }

        var json = (JsonObject)body.DeepClone();
        json["apiVersion"] = Application.Resource.ApiVersion;
        json["kind"] = Application.Resource.Kind;
        json.Remove("operation"); // asked for through sync, never on creation
        json.Ensure("metadata")["namespace"] = context.Namespace;
        var application = new Application(new Unstructured(json));
        await Validation(context).CheckAsync(application, http.Flag("validate") ?? true, http.RequestAborted);
        Normalize(json);
        try
        {
            var created = await context.Client.CreateAsync(Application.Resource, new Unstructured(json), http.RequestAborted);
            await context.Events.NormalAsync(created, "ResourceCreated", $"{http.Username()} created application", http.RequestAborted);
            await http.WriteAsync(created.Json);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            await ExistsAsync(http, context, application);
        }
    }

    /// <summary>Creating what is already there is no error when it says the same.</summary>
    private static async Task ExistsAsync(HttpContext http, ServerContext context, Application wanted)
    {
        var existing = await context.Client.GetAsync(Application.Resource, context.Namespace, wanted.Name, http.RequestAborted);
        if (ArgoJson.Same(new Application(existing).Spec, wanted.Spec))
        {
            await http.WriteAsync(existing.Json);
            return;
        }

        if (http.Flag("upsert") != true)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, "existing application spec is different, use upsert flag to force update");
        }

        await http.WriteAsync((await ReplaceSpecAsync(context, existing, wanted.Object.Json.Object("spec")!, null, http.RequestAborted)).Json);
    }

    private static async Task UpdateAsync(
        HttpContext http, ServerContext context, Func<JsonObject, JsonObject?> specOf, Func<JsonObject, JsonObject?> metadataOf)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        var body = await http.BodyAsync();
        var changed = application.Object.Clone();
        changed.Json["spec"] = specOf(body)?.DeepClone() ?? throw new GrpcException(GrpcCode.InvalidArgument, "missing payload 'spec' in request");
        await Validation(context).CheckAsync(new Application(changed), http.Flag("validate") ?? true, http.RequestAborted);
        var updated = await ReplaceSpecAsync(context, application.Object, changed.Json.Object("spec")!, metadataOf(body), http.RequestAborted);
        await http.WriteAsync(metadataOf(body) is null ? updated.Json["spec"]! : updated.Json);
    }

    private static async Task PatchAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        var body = await http.BodyAsync();
        var patch = JsonNode.Parse(body.Text("patch") ?? "{}");
        var patched = body.Text("patchType") switch
        {
            "merge" when patch is JsonObject merge => await context.Client.PatchAsync(
                Application.Resource, context.Namespace, application.Name, Patch.Merge(merge), cancel: http.RequestAborted),
            "" or null or "json" when patch is JsonArray operations => await context.Client.PatchAsync(
                Application.Resource, context.Namespace, application.Name, Patch.Json(operations), cancel: http.RequestAborted),
            var other => throw new GrpcException(GrpcCode.InvalidArgument, $"Patch type '{other}' is not supported"),
        };
        await http.WriteAsync(patched.Json);
    }

    private static async Task DeleteAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        var (cascade, policy) = (http.Flag("cascade") ?? true, http.Query("propagationPolicy") ?? "");
        if (!cascade && policy.Length > 0)
        {
            throw new GrpcException(GrpcCode.InvalidArgument, "cannot set propagation policy when cascading is disabled");
        }

        var finalizer = policy.ToLowerInvariant() switch
        {
            "" => Application.Finalizer,
            "foreground" => Application.ForegroundFinalizer,
            "background" => Application.BackgroundFinalizer,
            _ => throw new GrpcException(GrpcCode.InvalidArgument, $"invalid propagation policy: {policy}"),
        };
        var current = application.Metadata.Finalizers ?? [];
        var others = current.Where(name => !Application.IsCascading(name));
        var wanted = cascade ? [.. others, finalizer] : others.ToList();
        if (!application.IsTerminating && !wanted.ToHashSet().SetEquals(current))
        {
            await context.Writer.WriteFinalizersAsync(application, wanted, http.RequestAborted);
        }

        await context.Client.DeleteAsync(Application.Resource, context.Namespace, application.Name, cancel: http.RequestAborted);
        await context.Events.NormalAsync(application.Object, "ResourceDeleted", $"{http.Username()} deleted application", http.RequestAborted);
        await http.WriteAsync(new JsonObject());
    }

    private static async Task RevisionAsync(HttpContext http, ServerContext context)
    {
        var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
        var repository = context.Repositories.Find(application.Spec.AllSources[0].RepoURL);
        var metadata = await context.Manifests.DescribeAsync(repository, http.Part("revision"), http.RequestAborted);
        await http.WriteAsync(ArgoJson.Write(metadata));
    }

    private static async Task<Unstructured> ReplaceSpecAsync(
        ServerContext context, Unstructured existing, JsonObject spec, JsonObject? metadata, CancellationToken cancel)
    {
        var update = existing.Clone();
        update.Json["spec"] = spec.DeepClone();
        foreach (var field in (string[])["labels", "annotations", "finalizers"])
        {
            if (metadata?[field] is { } value)
            {
                update.Json["metadata"]![field] = value.DeepClone();
            }
        }

        var patch = MergePatch.Create(existing.Json, update.Json);
        return patch.Count == 0
            ? existing
            : await context.Client.PatchAsync(Application.Resource, context.Namespace, existing.Metadata.Name, Patch.Merge(patch), cancel: cancel);
    }

    private static void Normalize(JsonObject application)
    {
        if (string.IsNullOrEmpty(application.Text("spec", "project")))
        {
            application.Ensure("spec")["project"] = "default";
        }
    }

    private static CreationValidation Validation(ServerContext context) => new(context.Projects, context.Repositories, context.Manifests, context.Client);
}
