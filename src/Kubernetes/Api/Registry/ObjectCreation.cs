using System.Text.Json.Nodes;
using Kubernetes.Api.Admission;
using Kubernetes.Api.Authorization;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Patching.Apply;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Registry;

/// <summary>Create, in upstream's order: metadata, defaults, mutating admission, validation, validating admission, commit (apiserver registry/store.go).</summary>
internal sealed class ObjectCreation(ApiContext api)
{
    // upstream retries a generated name that is taken this many times
    private const int GeneratedNameTriesMax = 8;

    public async Task<WriteResult> CreateAsync(WriteRequest request, JsonObject sent, CancellationToken stop)
    {
        var resource = request.Resource;
        var document = resource.ToStorage?.Invoke(sent) ?? sent;
        var metadata = document.Sub("metadata");
        if (!string.IsNullOrEmpty(metadata.Text("resourceVersion")))
        {
            throw StatusErrors.Unknown("resourceVersion should not be set on objects to be created");
        }
        var prefix = string.IsNullOrEmpty(metadata.Text("name")) ? metadata.Text("generateName") : null;
        for (var attempt = 1; ; attempt++)
        {
            if (!string.IsNullOrEmpty(prefix))
            {
                metadata["name"] = api.Names.Generate(prefix);
            }
            var name = metadata.Text("name") ?? "";
            var named = request with { Name = name };
            try
            {
                var prepared = string.IsNullOrEmpty(prefix) ? document : (JsonObject)document.DeepClone();
                await PrepareAsync(named, prepared, stop);
                return Commit(named, prepared);
            }
            catch (StoreConflictException) when (!string.IsNullOrEmpty(prefix) && attempt < GeneratedNameTriesMax)
            {
                // the next generated name
            }
            catch (StoreConflictException)
            {
                throw StatusErrors.AlreadyExists(resource, name);
            }
        }
    }

    private async Task PrepareAsync(WriteRequest request, JsonObject document, CancellationToken stop)
    {
        var resource = request.Resource;
        var strategy = resource.Strategy;
        var metadata = document.Sub("metadata");
        document["apiVersion"] = resource.StorageResource == "events" ? "v1" : StorageApiVersion(request);
        document["kind"] = resource.Kind;
        Metadata.DropServerOwned(metadata);
        metadata.Remove("resourceVersion");
        if (resource.Namespaced)
        {
            metadata["namespace"] = request.Namespace;
        }
        else
        {
            metadata.Remove("namespace");
        }
        metadata["uid"] = Guid.NewGuid().ToString();
        var now = Metadata.Timestamp(api.Time.GetUtcNow());
        metadata["creationTimestamp"] = now;
        if (strategy.HasGeneration || resource.Custom is not null)
        {
            metadata["generation"] = 1;
        }
        if (resource.HasStatus)
        {
            document.Remove("status");
        }
        NamespaceLifecycle.CheckCreate(api, request);
        ObjectForm.Complete(request, document);
        ManagedFields.OnCreate(request, document, now);
        strategy.PrepareForCreate?.Invoke(document);
        await api.Admission.MutateAsync(new AdmissionAttributes(request, "CREATE", document, null), stop);
        ObjectForm.Complete(request, document);
        metadata = document.Sub("metadata"); // a webhook's patch makes it anew
        Metadata.Normalize(metadata);
        var errors = new FieldErrors();
        MetadataValidation.Check(resource, metadata, errors);
        strategy.Validate?.Invoke(document, errors);
        ObjectForm.Validate(resource, document, null, errors);
        if (errors.Any)
        {
            throw errors.ToException(resource.Group, resource.Kind, metadata.Text("name") ?? "");
        }
        EscalationCheck.Check(api.Authorizer, request, document, null);
        await api.Admission.ValidateAsync(new AdmissionAttributes(request, "CREATE", document, null), stop);
    }

    private WriteResult Commit(WriteRequest request, JsonObject document)
    {
        var encoded = CanonicalJson.Write(document);
        if (request.DryRun)
        {
            return api.Quotas.Commit(request, document, null, () => api.Store.Find(request.Key) is { } existing
                ? throw new StoreConflictException(request.Key, 0, existing.Revision)
                : new WriteResult(WithoutVersion(document), Created: true));
        }
        var created = api.Quotas.Commit(request, document, null, () => api.Store.Create(request.Key, encoded));
        api.Definitions.Committed(request.Resource, created, deleted: false);
        return new WriteResult(created.Value, Created: true);
    }

    /// <summary>What was not stored has no version.</summary>
    private static byte[] WithoutVersion(JsonObject document)
    {
        document.Sub("metadata").Remove("resourceVersion");
        return CanonicalJson.WritePlain(document);
    }

    private static string StorageApiVersion(WriteRequest request) =>
        request.Resource.Group.Length == 0 ? request.Resource.StorageVersion : $"{request.Resource.Group}/{request.Resource.StorageVersion}";
}
