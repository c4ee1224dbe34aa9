using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using ArgoCd.Json;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;

namespace ArgoCd.Applications;

/// <summary>Writes what the controller decided into Applications, as patches of exactly what changed.</summary>
internal sealed class ApplicationWriter(ApiClient client)
{
    private readonly MutationCache<Unstructured> _written = new();

    /// <summary>The application as the informer shows it, or as it was last written here if that is later; null when there is none.</summary>
    public Application? Newest(NamespacedName name, Unstructured? cached) => _written.Newest(name, cached) is { } newest ? new Application(newest) : null;

    /// <summary>The application as it is now.</summary>
    public async Task<Application?> FindAsync(string @namespace, string name, CancellationToken cancel)
        => await client.FindAsync(Application.Resource, @namespace, name, cancel) is { } found ? new Application(found) : null;

    /// <summary>Writes the status's changes; nothing when there are none. A vanished application is not an error.</summary>
    public Task WriteStatusAsync(Application application, ApplicationStatus status, CancellationToken cancel)
    {
        var patch = MergePatch.Create(ArgoJson.Write(application.Status), ArgoJson.Write(status));
        if (application.RefreshRequested is null && patch.Count == 0)
        {
            return Task.CompletedTask;
        }

        var body = new JsonObject();
        if (patch.Count > 0)
        {
            body["status"] = patch;
        }

        return PatchAsync(application, body, cancel);
    }

    /// <summary>Takes the refresh annotation away, unless another refresh was asked for in between.</summary>
    public async Task RemoveRefreshAsync(Application application, CancellationToken cancel)
    {
        if (application.RefreshRequested is null)
        {
            return;
        }

        var operations = new JsonArray
        {
            Test(Application.RefreshAnnotation, application),
            new JsonObject { ["op"] = "remove", ["path"] = Pointer(Application.RefreshAnnotation) },
        };
        if (application.Object.Json.Annotation(Application.RefreshTimestampAnnotation) is not null)
        {
            operations.Insert(0, Test(Application.RefreshTimestampAnnotation, application));
            operations.Add(new JsonObject { ["op"] = "remove", ["path"] = Pointer(Application.RefreshTimestampAnnotation) });
        }

        try
        {
            await PatchAsync(application, Patch.Json(operations), cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsInvalid || exception.Code == System.Net.HttpStatusCode.BadRequest)
        {
            // gone, removed by somebody else, or asked for again: the next event tells
        }
    }

    /// <summary>Writes the state of an operation; a completed one is no longer asked for.</summary>
    public Task WriteOperationAsync(Application application, OperationState state, CancellationToken cancel)
    {
        var before = application.Object.Json.Object("status", "operationState");
        var after = ArgoJson.Write(state);
        var body = new JsonObject
        {
            ["status"] = new JsonObject { ["operationState"] = before is null ? after : MergePatch.Create(before, after) },
        };
        if (OperationPhase.IsCompleted(state.Phase) && application.Operation is not null)
        {
            body["operation"] = null;
        }

        return PatchAsync(application, body, cancel);
    }

    public Task WriteHistoryAsync(Application application, IReadOnlyList<RevisionHistory> history, CancellationToken cancel)
        => PatchAsync(
            application,
            new JsonObject { ["status"] = new JsonObject { ["history"] = new JsonArray([.. history.Select(entry => (JsonNode)ArgoJson.Write(entry))]) } },
            cancel);

    /// <summary>Asks for an operation; false when one is in progress already.</summary>
    public async Task<bool> StartAsync(Application application, Operation operation, CancellationToken cancel)
    {
        for (var current = application; ; current = (await FindAsync(application.Key.Namespace, application.Name, cancel))!)
        {
            if (current is null || current.Operation is not null)
            {
                return false;
            }

            var body = new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = current.Metadata.ResourceVersion },
                ["operation"] = ArgoJson.Write(operation),
            };
            if (current.Object.Json.At("status", "operationState") is not null)
            {
                body["status"] = new JsonObject { ["operationState"] = null };
            }

            try
            {
                await PatchAsync(current, Patch.Merge(body), cancel);
                return true;
            }
            catch (ApiException exception) when (exception.IsConflict)
            {
                continue;
            }
        }
    }

    public Task WriteFinalizersAsync(Application application, IEnumerable<string> finalizers, CancellationToken cancel)
        => PatchAsync(
            application,
            new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. finalizers.Select(name => (JsonNode)name)]) } },
            cancel);

    public async Task PatchAsync(Application application, JsonObject body, CancellationToken cancel)
    {
        if (body.Count == 0)
        {
            return;
        }

        try
        {
            await PatchAsync(application, Patch.Merge(body), cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // deleted meanwhile: nothing is left to write into
        }
    }

    private async Task PatchAsync(Application application, Patch patch, CancellationToken cancel)
        => _written.Remember(await client.PatchAsync(Application.Resource, application.Key.Namespace, application.Name, patch, cancel: cancel));

    private static JsonObject Test(string annotation, Application application)
        => new() { ["op"] = "test", ["path"] = Pointer(annotation), ["value"] = application.Object.Json.Annotation(annotation) };

    private static string Pointer(string annotation) => $"/metadata/annotations/{annotation.Replace("~", "~0").Replace("/", "~1")}";
}
