using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace Kubernetes.Controllers.Ownership;

/// <summary>Carries out a <see cref="Claim{T}"/>: takes orphans in, lets go what is no longer selected.</summary>
internal static class Claiming
{
    /// <summary>Adopts and releases; returns what the owner owns afterwards.</summary>
    public static async Task<IReadOnlyList<T>> CarryOutAsync<T>(
        this Claim<T> claim, ApiClient client, Resource<T> resource, V1OwnerReference controller, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        foreach (var lost in claim.Release)
        {
            await ReleaseAsync(client, resource, lost, controller.Uid, cancel);
        }

        if (claim.Adopt.Count == 0)
        {
            return claim.Owned;
        }

        var owned = claim.Owned.ToList();
        foreach (var orphan in claim.Adopt)
        {
            owned.Add(await AdoptAsync(client, resource, orphan, controller, cancel));
        }

        return owned;
    }

    // the uid in the patch is a precondition: a new object of the same name is not meant
    private static Task<T> AdoptAsync<T>(ApiClient client, Resource<T> resource, T orphan, V1OwnerReference controller, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var references = new JsonArray([.. (orphan.Metadata.OwnerReferences ?? []).Append(controller).Select(Json)]);
        return client.PatchAsync(resource, orphan.Metadata.NamespaceProperty, orphan.Metadata.Name, References(orphan, references), cancel: cancel);
    }

    private static async Task ReleaseAsync<T>(ApiClient client, Resource<T> resource, T lost, string ownerUid, CancellationToken cancel)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var references = new JsonArray([.. lost.Metadata.OwnerReferences.Where(reference => reference.Uid != ownerUid).Select(Json)]);
        try
        {
            await client.PatchAsync(resource, lost.Metadata.NamespaceProperty, lost.Metadata.Name, References(lost, references), cancel: cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // gone already
        }
    }

    private static Patch References<T>(T @object, JsonArray references)
        where T : class, IKubernetesObject<V1ObjectMeta>
        => Patch.Merge(new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = @object.Metadata.Uid,
                ["resourceVersion"] = @object.Metadata.ResourceVersion,
                ["ownerReferences"] = references,
            },
        });

    private static JsonNode? Json(V1OwnerReference reference) => JsonNode.Parse(KubernetesJson.Serialize(reference));
}
