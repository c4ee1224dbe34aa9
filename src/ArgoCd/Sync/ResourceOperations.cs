using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using ArgoCd.Json;
using ArgoCd.Live;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoCd.Sync;

/// <summary>
/// Writes to the cluster as kubectl would: <c>apply</c> with the last-applied annotation and a three-way merge, <c>replace</c>, <c>create</c>,
/// <c>apply --server-side</c>, <c>delete</c>. Messages are kubectl's.
/// </summary>
internal sealed class ResourceOperations(ApiClient client, ClusterCache cache, TimeProvider time) : IResourceOperations
{
    private const string FieldManager = "argocd-controller";
    private const int ConflictRetries = 5;
    private static readonly TimeSpan CrdReadinessTimeout = TimeSpan.FromSeconds(3);

    public async Task<string?> MissingKindAsync(Unstructured @object, CancellationToken cancel)
        => await cache.Kinds.FindAsync(@object.ApiVersion, @object.Kind, cancel) is null ? "the server could not find the requested resource" : null;

    public async Task<Unstructured?> FindAsync(Unstructured @object, CancellationToken cancel)
        => await cache.Kinds.FindAsync(@object.ApiVersion, @object.Kind, cancel) is { } resource
            ? await client.FindAsync(resource, @object.Metadata.NamespaceProperty, @object.Metadata.Name, cancel)
            : null;

    public async Task<Outcome> ApplyAsync(Unstructured target, Unstructured? live, SyncSettings settings, bool dryRun, CancellationToken cancel)
    {
        if (await cache.Kinds.FindAsync(target.ApiVersion, target.Kind, cancel) is not { } resource)
        {
            return Outcome.Error($"the server could not find the requested resource ({target.Kind}.{target.ApiVersion})");
        }

        var write = new ResourceWrite(client, resource, target, settings);
        try
        {
            if (dryRun)
            {
                return await write.ValidateAsync(live, cancel);
            }

            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    var (result, verb) = await WriteAsync(write, target, live, settings, cancel);
                    cache.Observe(result);
                    if (result.Kind == "CustomResourceDefinition")
                    {
                        await EstablishedAsync(resource, result, cancel);
                    }

                    return Outcome.Done($"{resource.GroupResourceName(target.Metadata.Name)} {verb}");
                }
                catch (ApiException exception) when ((exception.IsConflict || exception.IsAlreadyExists || exception.IsNotFound) && attempt < ConflictRetries)
                {
                    live = await client.FindAsync(resource, target.Metadata.NamespaceProperty, target.Metadata.Name, cancel);
                    if (live is null && exception.IsNotFound)
                    {
                        throw; // not the object is missing, but e.g. its namespace
                    }
                }
            }
        }
        catch (ApiException exception)
        {
            return Outcome.Error(exception.StatusMessage);
        }
    }

    public async Task<Outcome> DeleteAsync(Unstructured live, string propagation, CancellationToken cancel)
    {
        if (await cache.Kinds.FindAsync(live.ApiVersion, live.Kind, cancel) is not { } resource)
        {
            return Outcome.Done("deleted"); // the kind is gone and its objects with it
        }

        try
        {
            await client.DeleteAsync(
                resource, live.Metadata.NamespaceProperty, live.Metadata.Name, new V1DeleteOptions { PropagationPolicy = propagation }, cancel);
            return Outcome.Done("deleted");
        }
        catch (ApiException exception)
        {
            return Outcome.Error(exception.StatusMessage);
        }
    }

    public async Task<Outcome> RemoveHookFinalizerAsync(Unstructured live, CancellationToken cancel)
    {
        if (!Hooks.HasHookFinalizer(live.Json) || await cache.Kinds.FindAsync(live.ApiVersion, live.Kind, cancel) is not { } resource)
        {
            return Outcome.Done("");
        }

        var left = live.Json.Texts("metadata", "finalizers").Where(name => name != Hooks.HookFinalizer);
        var patch = new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = new JsonArray([.. left.Select(name => (JsonNode)name)]) } };
        try
        {
            cache.Observe(await client.PatchAsync(resource, live.Metadata.NamespaceProperty, live.Metadata.Name, Patch.Merge(patch), cancel: cancel));
            return Outcome.Done("");
        }
        catch (ApiException exception)
        {
            return exception.IsNotFound ? Outcome.Done("") : Outcome.Error(exception.StatusMessage);
        }
    }

    /// <summary>Waits until a definition is served: the objects that come next are of its kind (<c>ensureCRDReady</c>).</summary>
    private async Task EstablishedAsync(Resource<Unstructured> resource, Unstructured definition, CancellationToken cancel)
    {
        static bool IsEstablished(Unstructured one)
            => one.Json.Objects("status", "conditions").Any(condition => condition.Text("type") == "Established" && condition.Text("status") == "True");

        if (!IsEstablished(definition))
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            using var timer = time.CreateTimer(_ => patience.Cancel(), null, CrdReadinessTimeout, Timeout.InfiniteTimeSpan);
            var from = new ListOptions { FieldSelector = $"metadata.name={definition.Metadata.Name}", ResourceVersion = definition.Metadata.ResourceVersion };
            try
            {
                await foreach (var change in client.WatchAsync(resource, null, from, patience.Token))
                {
                    if (change.Object.Metadata.Name == definition.Metadata.Name && IsEstablished(change.Object))
                    {
                        break;
                    }
                }
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // as upstream: the objects that need it tell
            }
        }

        await cache.Kinds.RefreshAsync(cancel);
    }

    private static async Task<(Unstructured Result, string Verb)> WriteAsync(
        ResourceWrite write, Unstructured target, Unstructured? live, SyncSettings settings, CancellationToken cancel)
    {
        bool Wants(string option) => Annotations.HasOption(target.Json, Annotations.SyncOptions, option) || Annotations.HasOption(live?.Json, Annotations.SyncOptions, option);

        var serverSide = !Annotations.HasOption(target.Json, Annotations.SyncOptions, SyncOption.DisableServerSideApply)
            && (settings.ServerSideApply || Annotations.HasOption(target.Json, Annotations.SyncOptions, SyncOption.ServerSideApply));
        if (settings.Replace || Wants(SyncOption.Replace))
        {
            return live is null ? await write.CreateAsync(annotate: false, cancel) : await write.ReplaceAsync(live, settings.Force || Wants(SyncOption.Force), cancel);
        }

        if (serverSide)
        {
            return await write.ApplyServerSideAsync(FieldManager, cancel);
        }

        return live is null ? await write.CreateAsync(annotate: true, cancel) : await write.ApplyAsync(live, settings.Force || Wants(SyncOption.Force), cancel);
    }
}

internal static class ResourceNames
{
    /// <summary><c>service/web</c>, <c>rollout.argoproj.io/web</c>: how kubectl names what it changed.</summary>
    public static string GroupResourceName(this Resource<Unstructured> resource, string name)
    {
        var kind = resource.Kind.ToLowerInvariant();
        return resource.Group.Length == 0 ? $"{kind}/{name}" : $"{kind}.{resource.Group}/{name}";
    }
}
