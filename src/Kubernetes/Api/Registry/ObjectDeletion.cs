using System.Text.Json.Nodes;
using Kubernetes.Api.Admission;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>What DELETE came to: the object's bytes, and whether it is gone.</summary>
internal sealed record DeleteResult(byte[] Value, bool Gone);

/// <summary>
/// Delete: at once, or by a deletionTimestamp while finalizers or a grace period hold the object (apiserver rest/delete.go).
/// Dependents are the garbage collector's business; the propagation policy only becomes a finalizer here.
/// </summary>
internal sealed class ObjectDeletion(ApiContext api)
{
    private const string OrphanFinalizer = "orphan";
    private const string ForegroundFinalizer = "foregroundDeletion";

    /// <summary>An update that takes away the last thing that held a deleted object deletes it.</summary>
    public static bool IsReleased(JsonObject document, JsonObject old) =>
        old.IsDeleting() && !document.HasFinalizers() && (old.Number("metadata", "deletionGracePeriodSeconds") ?? 0) == 0
        && !HeldByNamespaceFinalizer(document);

    /// <summary>Deletes on the server's own account: no admission, nothing if it is gone already.</summary>
    public void DeleteNow(WriteRequest request, DeleteOptions options)
    {
        while (api.Store.Find(request.Key) is { } existing)
        {
            try
            {
                Try(request, options, existing, Metadata.Tree(existing.Value));
                return;
            }
            catch (StoreConflictException)
            {
                // changed meanwhile: try on what it is now
            }
        }
    }

    public async Task<DeleteResult> DeleteAsync(WriteRequest request, DeleteOptions options, CancellationToken stop)
    {
        while (true)
        {
            var existing = api.Store.Find(request.Key) ?? throw StatusErrors.NotFound(request.Resource, request.Name);
            var old = Metadata.Tree(existing.Value);
            CheckPreconditions(request, options, existing, old);
            NamespaceLifecycle.CheckDelete(request);
            await api.Admission.ValidateAsync(new AdmissionAttributes(request, "DELETE", null, old), stop);
            try
            {
                return Try(request, options, existing, old);
            }
            catch (StoreConflictException) when (options.ResourceVersion is null)
            {
                stop.ThrowIfCancellationRequested();
            }
            catch (StoreConflictException)
            {
                throw StatusErrors.ObjectModified(request.Resource, request.Name);
            }
        }
    }

    private static bool HeldByNamespaceFinalizer(JsonObject document) =>
        document.Text("kind") == "Namespace" && document.Text("apiVersion") == "v1" && document.Array("spec", "finalizers") is { Count: > 0 };

    private static void CheckPreconditions(WriteRequest request, DeleteOptions options, StoredObject existing, JsonObject old)
    {
        if (options.Uid is { } uid && uid != old.Text("metadata", "uid"))
        {
            throw Refused(request, $"the UID in the precondition ({uid}) does not match the UID in record ({old.Text("metadata", "uid")}). The object might have been deleted and then recreated");
        }
        if (options.ResourceVersion is { } version && version != existing.Revision.ToString())
        {
            throw Refused(request, $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({existing.Revision}). The object might have been modified");
        }
    }

    /// <summary>Upstream names the kind here, not the resource (apiserver rest/delete.go BeforeDelete).</summary>
    private static ApiException Refused(WriteRequest request, string why) =>
        StatusErrors.Conflict(request.Resource with { Plural = request.Resource.Kind }, request.Name, why);

    private DeleteResult Try(WriteRequest request, DeleteOptions options, StoredObject existing, JsonObject old)
    {
        var document = (JsonObject)old.DeepClone();
        SetPropagation(document.Sub("metadata"), request.Resource.Strategy, options.Propagation);
        var grace = Grace(request.Resource.Strategy, options, old);
        if (grace == 0 && !document.HasFinalizers() && !HeldByNamespaceFinalizer(document) && !IsHeldDefinition(request, document))
        {
            if (options.DryRun)
            {
                return new DeleteResult(existing.Value, Gone: true);
            }
            var gone = api.Store.Delete(request.Key, existing.Revision, request.Resource.Strategy.GracePeriodSeconds is null ? null : Last(request, document, old));
            api.Definitions.Committed(request.Resource, gone, deleted: true);
            return new DeleteResult(gone.Value, Gone: true);
        }
        Mark(request, document, old, grace);
        var encoded = CanonicalJson.Write(document);
        if (options.DryRun)
        {
            return new DeleteResult(encoded.At(existing.Revision), Gone: false);
        }
        var stored = api.Store.Update(request.Key, encoded, existing.Revision);
        if (stored != existing)
        {
            api.Definitions.Committed(request.Resource, stored, deleted: false);
        }
        return new DeleteResult(stored.Value, Gone: false);
    }

    /// <summary>A definition stays until its instances are gone (apiextensions crd_finalizer.go).</summary>
    private static bool IsHeldDefinition(WriteRequest request, JsonObject document)
    {
        if (request.Resource.Plural != "customresourcedefinitions" || document.IsDeleting())
        {
            return false;
        }
        var metadata = document.Sub("metadata");
        metadata["finalizers"] = new JsonArray(CustomResources.DefinitionController.CleanupFinalizer);
        return true;
    }

    /// <summary>Who watches a kind with graceful deletion sees when it ended, even when it ended at once.</summary>
    private Document Last(WriteRequest request, JsonObject document, JsonObject old)
    {
        Mark(request, document, old, 0);
        return CanonicalJson.Write(document);
    }

    private void Mark(WriteRequest request, JsonObject document, JsonObject old, long grace)
    {
        if (old.IsDeleting() && (old.Number("metadata", "deletionGracePeriodSeconds") ?? 0) <= grace)
        {
            return; // an earlier deletion asked for no more time than this one
        }
        var metadata = document.Sub("metadata");
        metadata["deletionTimestamp"] = Metadata.Timestamp(api.Time.GetUtcNow().AddSeconds(grace));
        if (HeldByNamespaceFinalizer(document))
        {
            document.Sub("status")["phase"] = "Terminating"; // its own storage marks it (core/namespace/storage), and gives no grace period
        }
        else
        {
            metadata["deletionGracePeriodSeconds"] = grace;
        }
        if (!old.IsDeleting() && metadata.Number("generation") is { } generation && (request.Resource.Strategy.HasGeneration || request.Resource.Custom is not null))
        {
            metadata["generation"] = generation + 1;
        }
    }

    private static long Grace(ResourceStrategy strategy, DeleteOptions options, JsonObject old)
    {
        if (strategy.GracePeriodSeconds is not { } graceful)
        {
            return 0;
        }
        if (options.GracePeriodSeconds is null && old.IsDeleting())
        {
            return old.Number("metadata", "deletionGracePeriodSeconds") ?? 0;
        }
        return Math.Max(0, graceful(old, options.GracePeriodSeconds));
    }

    private static void SetPropagation(JsonObject metadata, ResourceStrategy strategy, Propagation? asked)
    {
        var finalizers = metadata.Texts("finalizers").ToList();
        if (asked is null && (finalizers.Contains(OrphanFinalizer) || finalizers.Contains(ForegroundFinalizer)))
        {
            return; // the object already says what happens to its dependents
        }
        var propagation = asked ?? strategy.DefaultPropagation;
        Toggle(finalizers, OrphanFinalizer, propagation == Propagation.Orphan);
        Toggle(finalizers, ForegroundFinalizer, propagation == Propagation.Foreground);
        metadata["finalizers"] = new JsonArray([.. finalizers.Select(finalizer => (JsonNode)finalizer)]);
        Metadata.Normalize(metadata);
    }

    private static void Toggle(List<string> finalizers, string finalizer, bool wanted)
    {
        if (!wanted)
        {
            finalizers.Remove(finalizer);
        }
        else if (!finalizers.Contains(finalizer))
        {
            finalizers.Add(finalizer);
        }
    }
}
