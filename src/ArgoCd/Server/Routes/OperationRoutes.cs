using System.Text.Json.Nodes;
using ArgoCd.Applications;
using ArgoCd.Json;
using ArgoCd.Source;
using ArgoCd.Sync;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ArgoCd.Server.Routes;

/// <summary>Operations on applications: sync, rollback, terminate.</summary>
internal static class OperationRoutes
{
    public static void Map(WebApplication web, ServerContext context)
    {
        web.MapPost("/api/v1/applications/{name}/sync", http => SyncAsync(http, context));
        web.MapPost("/api/v1/applications/{name}/rollback", http => RollbackAsync(http, context));
        web.MapDelete("/api/v1/applications/{name}/operation", http => TerminateAsync(http, context));
    }

    private static async Task SyncAsync(HttpContext http, ServerContext context)
    {
        var body = await http.BodyAsync();
        var application = await context.ApplicationAsync(http.Part("name"), body.Text("project") ?? http.Query("project"), http.RequestAborted);
        if (application.IsTerminating)
        {
            throw new GrpcException(GrpcCode.FailedPrecondition, "application is deleting");
        }

        var spec = application.Spec;
        var dryRun = body.Flag("dryRun");
        var asked = body.Text("revision") ?? "";
        var target = spec.Source?.TargetRevision is { Length: > 0 } revision ? revision : "HEAD";
        if (asked.Length > 0 && asked != target && spec.SyncPolicy?.IsAutomatedSyncEnabled == true && !dryRun)
        {
            throw new GrpcException(GrpcCode.FailedPrecondition, $"Cannot sync to {asked}: auto-sync currently set to {spec.Source?.TargetRevision}");
        }

        var commits = await CommitsAsync(spec, asked, context, http.RequestAborted);
        var options = body.Object("syncOptions") is { } given ? given.Texts("items") : spec.SyncPolicy?.SyncOptions;
        var resources = body["resources"] is JsonArray list ? list.Objects().Select(ArgoJson.Read<SyncOperationResource>).ToList() : [];
        var operation = new Operation
        {
            Sync = new SyncOperation
            {
                Source = spec.HasMultipleSources ? null : spec.Source,
                Sources = spec.Sources,
                Revision = spec.HasMultipleSources ? null : commits[0],
                Revisions = spec.HasMultipleSources ? commits : null,
                Prune = body.Flag("prune"),
                DryRun = dryRun,
                SyncOptions = options is { Count: > 0 } ? options : null,
                SyncStrategy = body.Object("strategy") is { } strategy ? ArgoJson.Read<SyncStrategy>(strategy) : null,
                Resources = resources.Count > 0 ? resources : null,
            },
            InitiatedBy = new OperationInitiator { Username = http.Username() },
            Info = body["infos"] is JsonArray infos ? [.. infos.Objects().Select(info => new OperationInfo(info.Text("name") ?? "", info.Text("value") ?? ""))] : null,
            Retry = body.Object("retryStrategy") is { } retry ? ArgoJson.Read<RetryStrategy>(retry) : spec.SyncPolicy?.Retry,
        };
        await StartAsync(http, context, application, operation, $"initiated {(resources.Count > 0 ? "partial " : "")}sync to {(asked.Length > 0 ? asked : target)} ({commits[0]})");
    }

    private static async Task<IReadOnlyList<string>> CommitsAsync(ApplicationSpec spec, string asked, ServerContext context, CancellationToken cancel)
    {
        var commits = new List<string>();
        foreach (var source in spec.AllSources)
        {
            try
            {
                var revision = asked.Length > 0 && !spec.HasMultipleSources ? asked : source.TargetRevision;
                commits.Add(await context.Manifests.ResolveAsync(context.Repositories.Find(source.RepoURL), revision, cancel));
            }
            catch (SourceException exception)
            {
                throw new GrpcException(GrpcCode.FailedPrecondition, $"error resolving repo revision: {exception.Message}");
            }
        }

        return commits;
    }

    private static async Task RollbackAsync(HttpContext http, ServerContext context)
    {
        var body = await http.BodyAsync();
        var application = await context.ApplicationAsync(http.Part("name"), body.Text("project"), http.RequestAborted);
        if (application.IsTerminating)
        {
            throw new GrpcException(GrpcCode.FailedPrecondition, "application is deleting");
        }

        if (application.Spec.SyncPolicy?.IsAutomatedSyncEnabled == true)
        {
            throw new GrpcException(GrpcCode.FailedPrecondition, "rollback cannot be initiated when auto-sync is enabled");
        }

        var id = body.Number("id") ?? 0;
        var entry = application.Status.History?.FirstOrDefault(one => one.Id == id)
            ?? throw new GrpcException(GrpcCode.InvalidArgument, $"application {application.Name} does not have deployment with id {id}");
        var operation = new Operation
        {
            Sync = new SyncOperation
            {
                Source = entry.Source,
                Sources = entry.Sources,
                Revision = entry.Revision,
                Revisions = entry.Revisions,
                Prune = body.Flag("prune"),
                DryRun = body.Flag("dryRun"),
                SyncOptions = application.Spec.SyncPolicy?.SyncOptions,
            },
            InitiatedBy = new OperationInitiator { Username = http.Username() },
        };
        await StartAsync(http, context, application, operation, $"initiated rollback to {id}");
    }

    private static async Task StartAsync(HttpContext http, ServerContext context, Application application, Operation operation, string what)
    {
        if (!await context.Writer.StartAsync(application, operation, http.RequestAborted))
        {
            throw new GrpcException(GrpcCode.FailedPrecondition, "another operation is already in progress").Within("error setting app operation");
        }

        await context.Events.NormalAsync(application.Object, "OperationStarted", $"{http.Username()} {what}", http.RequestAborted);
        await http.WriteAsync((await context.ApplicationAsync(application.Name, null, http.RequestAborted)).Object.Json);
    }

    private static async Task TerminateAsync(HttpContext http, ServerContext context)
    {
        while (true)
        {
            var application = await context.ApplicationAsync(http.Part("name"), http.Query("project"), http.RequestAborted);
            if (application.Operation is null || application.Status.OperationState is null)
            {
                throw new GrpcException(GrpcCode.InvalidArgument, "Unable to terminate operation. No operation is in progress");
            }

            try
            {
                await context.Client.PatchAsync(
                    Application.Resource,
                    context.Namespace,
                    application.Name,
                    Patch.Merge(new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["resourceVersion"] = application.Metadata.ResourceVersion },
                        ["status"] = new JsonObject { ["operationState"] = new JsonObject { ["phase"] = OperationPhase.Terminating } },
                    }),
                    cancel: http.RequestAborted);
                await context.Events.NormalAsync(application.Object, "ResourceUpdated", $"{http.Username()} terminated running operation", http.RequestAborted);
                await http.WriteAsync(new JsonObject());
                return;
            }
            catch (ApiException exception) when (exception.IsConflict)
            {
                continue; // the controller wrote in between
            }
        }
    }
}
