using System.Text.Json.Nodes;
using Kubernetes.Api.Admission;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Patching.Apply;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>Makes the object that is sent (PUT) or the patched one (PATCH) out of the current one, in the version of the request.</summary>
internal delegate JsonObject ObjectChange(JsonObject current);

/// <summary>Replace and patch with optimistic concurrency (apiserver registry/store.go Update, rest/update.go).</summary>
internal sealed class ObjectUpdate(ApiContext api)
{
    /// <param name="request">What to change.</param>
    /// <param name="change">Called again on a conflict that the client did not ask to see.</param>
    /// <param name="isPatch">A patch without resourceVersion is tried again on conflict.</param>
    /// <param name="createFrom">For kinds that a PUT may create: what to create.</param>
    /// <param name="stop">The request's end.</param>
    public async Task<WriteResult> UpdateAsync(WriteRequest request, ObjectChange change, bool isPatch, Func<JsonObject>? createFrom, CancellationToken stop)
    {
        while (true)
        {
            var existing = api.Store.Find(request.Key);
            if (existing is null)
            {
                return createFrom is null
                    ? throw StatusErrors.NotFound(request.Resource, request.Name)
                    : await api.Creation.CreateAsync(request, createFrom(), stop);
            }
            var old = Metadata.Tree(existing.Value);
            var sent = change(View(request.Resource, (JsonObject)old.DeepClone()));
            var retry = CheckPreconditions(request, existing, old, sent, isPatch);
            var updated = await PrepareAsync(request, sent, old, stop);
            try
            {
                return Commit(request, existing, updated, old);
            }
            catch (StoreConflictException) when (retry)
            {
                stop.ThrowIfCancellationRequested();
            }
            catch (StoreConflictException)
            {
                throw StatusErrors.ObjectModified(request.Resource, request.Name);
            }
        }
    }

    private static JsonObject View(ResourceInfo resource, JsonObject stored) => resource.FromStorage?.Invoke(stored) ?? stored;

    /// <returns>Whether a conflict may be hidden by trying again.</returns>
    private static bool CheckPreconditions(WriteRequest request, StoredObject existing, JsonObject old, JsonObject sent, bool isPatch)
    {
        var resource = request.Resource;
        var uid = sent.Text("metadata", "uid");
        if (!string.IsNullOrEmpty(uid) && uid != old.Text("metadata", "uid"))
        {
            if (isPatch)
            {
                var changed = new FieldErrors();
                changed.Invalid("metadata.uid", uid, "field is immutable");
                throw changed.ToException(resource.Group, resource.Kind, request.Name);
            }
            throw StatusErrors.Conflict(resource, request.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {old.Text("metadata", "uid")}");
        }
        var version = sent.Text("metadata", "resourceVersion");
        if (!string.IsNullOrEmpty(version))
        {
            if (!ulong.TryParse(version, out _))
            {
                throw StatusErrors.Unknown($"strconv.ParseUint: parsing \"{version}\": invalid syntax");
            }
            if (version != existing.Revision.ToString())
            {
                throw StatusErrors.ObjectModified(resource, request.Name);
            }
            return isPatch;
        }
        if (!resource.Strategy.AllowUnconditionalUpdate && !isPatch)
        {
            var errors = new FieldErrors();
            errors.Invalid("metadata.resourceVersion", 0, "must be specified for an update");
            throw errors.ToException(resource.Group, resource.Plural, request.Name); // the resource, not the kind, as upstream
        }
        return true;
    }

    private async Task<JsonObject> PrepareAsync(WriteRequest request, JsonObject sent, JsonObject old, CancellationToken stop)
    {
        var resource = request.Resource;
        var document = UpdateScope.Limit(request, resource.ToStorage?.Invoke(sent) ?? sent, old);
        var metadata = document.Sub("metadata");
        document["apiVersion"] = old["apiVersion"]?.DeepClone();
        document["kind"] = resource.Kind;
        var oldMetadata = old.Sub("metadata");
        metadata["name"] = request.Name;
        Metadata.KeepServerOwned(metadata, oldMetadata);
        metadata.CopyMember("namespace", oldMetadata);
        metadata.Remove("resourceVersion");
        Metadata.Normalize(metadata);
        ObjectForm.Complete(request, document);
        await api.Admission.MutateAsync(new AdmissionAttributes(request, "UPDATE", document, old), stop);
        ObjectForm.Complete(request, document);
        UpdateScope.CountGeneration(request, document, old);
        ManagedFields.OnUpdate(request, document, old, Metadata.Timestamp(api.Time.GetUtcNow()));
        Check(request, document, old);
        EscalationCheck.Check(api.Authorizer, request, document, old);
        await api.Admission.ValidateAsync(new AdmissionAttributes(request, "UPDATE", document, old), stop);
        return document;
    }

    private static void Check(WriteRequest request, JsonObject document, JsonObject old)
    {
        var resource = request.Resource;
        var errors = new FieldErrors();
        MetadataValidation.CheckUpdate(document.Sub("metadata"), old.Sub("metadata"), errors);
        MetadataValidation.Check(resource, document.Sub("metadata"), errors);
        if (request.Subresource is null or "scale")
        {
            resource.Strategy.Validate?.Invoke(document, errors);
            resource.Strategy.ValidateUpdate?.Invoke(document, old, errors);
        }
        ObjectForm.Validate(resource, document, old, errors);
        if (errors.Any)
        {
            throw errors.ToException(resource.Group, resource.Kind, request.Name);
        }
    }

    private WriteResult Commit(WriteRequest request, StoredObject existing, JsonObject document, JsonObject old)
    {
        var encoded = CanonicalJson.Write(document);
        var deletes = ObjectDeletion.IsReleased(document, old);
        if (request.DryRun)
        {
            return api.Quotas.Commit(request, document, old, () => new WriteResult(encoded.At(existing.Revision), Created: false));
        }
        var stored = deletes
            ? api.Store.Delete(request.Key, existing.Revision, encoded)
            : api.Quotas.Commit(request, document, old, () => api.Store.Update(request.Key, encoded, existing.Revision));
        api.Definitions.Committed(request.Resource, stored, deletes);
        return new WriteResult(stored.Value, Created: false);
    }
}
