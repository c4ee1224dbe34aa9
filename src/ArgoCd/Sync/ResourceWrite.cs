using System.Text.Json.Nodes;
using ArgoCd.Comparison;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Sync;

/// <summary>The ways in which one manifest is written.</summary>
internal sealed class ResourceWrite(ApiClient client, Resource<Unstructured> resource, Unstructured target, SyncSettings settings)
{
    private string? Namespace => resource.Namespaced ? target.Metadata.NamespaceProperty : null;

    private string Name => target.Metadata.Name;

    private string FieldValidation
        => settings.Validate && !Annotations.HasOption(target.Json, Annotations.SyncOptions, SyncOption.DisableValidation) ? "Strict" : "Ignore";

    /// <summary>
    /// What the server would say, without doing it: only a refusal of the manifest itself counts, as later tasks may depend on what earlier ones make.
    /// </summary>
    public async Task<Outcome> ValidateAsync(Unstructured? live, CancellationToken cancel)
    {
        if (live is not null)
        {
            return Outcome.Done("");
        }

        try
        {
            await SendAsync(HttpMethod.Post, Collection(), "dryRun=All&", Json(annotate: true), cancel);
            return Outcome.Done("");
        }
        catch (ApiException exception) when (exception.Code == System.Net.HttpStatusCode.BadRequest || exception.IsInvalid)
        {
            return Outcome.Error(exception.StatusMessage);
        }
        catch (ApiException)
        {
            return Outcome.Done("");
        }
    }

    public async Task<(Unstructured Result, string Verb)> CreateAsync(bool annotate, CancellationToken cancel)
        => (await SendAsync(HttpMethod.Post, Collection(), "", Json(annotate), cancel), "created");

    /// <summary><c>kubectl apply</c>: nothing is sent when nothing would change.</summary>
    public async Task<(Unstructured Result, string Verb)> ApplyAsync(Unstructured live, bool force, CancellationToken cancel)
    {
        var predicted = ThreeWayMerge.Predict(LastApplied.Of(live.Json), Json(annotate: true), live.Json, PatchMeta.IsBuiltIn(target.Group));
        var patch = MergePatch.Create(live.Json, predicted);
        if (patch.Count == 0)
        {
            return (live, "unchanged");
        }

        patch.Ensure("metadata")["resourceVersion"] = live.Metadata.ResourceVersion; // lists go whole: not over somebody's change
        try
        {
            return (await client.PatchAsync(resource, Namespace, Name, Patch.Merge(patch), cancel: cancel), "configured");
        }
        catch (ApiException exception) when (force && exception.IsInvalid)
        {
            await DeleteAndWaitAsync(cancel);
            return await CreateAsync(annotate: true, cancel);
        }
    }

    /// <summary><c>kubectl replace</c>; CRDs and namespaces are updated even with force, as their deletion would take everything in them along.</summary>
    public async Task<(Unstructured Result, string Verb)> ReplaceAsync(Unstructured live, bool force, CancellationToken cancel)
    {
        if (force && target.Kind is not ("CustomResourceDefinition" or "Namespace"))
        {
            await DeleteAndWaitAsync(cancel);
            return ((await CreateAsync(annotate: false, cancel)).Result, "replaced");
        }

        var update = Json(annotate: false);
        update.Ensure("metadata")["resourceVersion"] = live.Metadata.ResourceVersion;
        return (await SendAsync(HttpMethod.Put, $"{Collection()}/{Uri.EscapeDataString(Name)}", "", update, cancel), "replaced");
    }

    public async Task<(Unstructured Result, string Verb)> ApplyServerSideAsync(string fieldManager, CancellationToken cancel)
        => (await client.PatchAsync(resource, Namespace, Name, Patch.Apply(Json(annotate: false), fieldManager, force: true), cancel: cancel), "serverside-applied");

    private async Task DeleteAndWaitAsync(CancellationToken cancel)
    {
        var name = new ListOptions { FieldSelector = $"metadata.name={Name}" };
        await client.DeleteAsync(resource, Namespace, Name, DeletePropagation.Background, cancel);
        var left = await client.ListAsync(resource, Namespace, name, cancel);
        if (left.Items.Count == 0)
        {
            return;
        }

        await foreach (var change in client.WatchAsync(resource, Namespace, name with { ResourceVersion = left.ResourceVersion }, cancel))
        {
            if (change.Kind == WatchEventKind.Deleted)
            {
                return;
            }
        }
    }

    private JsonObject Json(bool annotate)
    {
        var manifest = annotate ? LastApplied.Annotate(target.Json) : (JsonObject)target.Json.DeepClone();
        if (!resource.Namespaced)
        {
            manifest.Remove("metadata", "namespace");
        }

        return manifest;
    }

    private string Collection()
    {
        var root = resource.Group.Length == 0 ? $"api/{resource.Version}" : $"apis/{resource.Group}/{resource.Version}";
        return resource.Namespaced ? $"{root}/namespaces/{Uri.EscapeDataString(Namespace ?? "default")}/{resource.Plural}" : $"{root}/{resource.Plural}";
    }

    private async Task<Unstructured> SendAsync(HttpMethod method, string path, string query, JsonObject body, CancellationToken cancel)
    {
        var answer = await client.SendAsync(
            method, $"{path}?{query}fieldManager=argocd-controller&fieldValidation={FieldValidation}", body.ToJsonString(), cancel);
        return new Unstructured((JsonObject)JsonNode.Parse(answer)!);
    }
}
