using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// The ReplicaSets of a Rollout: those it owns, and orphans that its selector matches, which it adopts; one it owns but whose labels
/// no longer match is released (kubernetes controller_ref_manager.go).
/// </summary>
internal sealed class ReplicaSetClaims(ApiClient client, ILister<V1ReplicaSet> sets)
{
    public const string OwnerKind = nameof(Rollout);

    public static V1OwnerReference OwnerReference(Rollout rollout) => new()
    {
        ApiVersion = RolloutsResources.Rollouts.ApiVersion,
        Kind = OwnerKind,
        Name = rollout.Metadata.Name,
        Uid = rollout.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };

    /// <summary>Copies of the claimed sets, so that a reconciliation may keep track of what it wrote.</summary>
    public async Task<IReadOnlyList<V1ReplicaSet>> ClaimAsync(Rollout rollout, CancellationToken cancel)
    {
        var selector = rollout.Spec.Selector;
        var claimed = new List<V1ReplicaSet>();
        foreach (var set in sets.List(rollout.Metadata.NamespaceProperty))
        {
            var owner = set.Metadata.ControllerReference();
            var matches = selector is not null && !LabelSelectors.IsEmpty(selector) && LabelSelectors.Matches(selector, set.Metadata.Labels);
            if (owner is null && matches && !set.Metadata.IsTerminating())
            {
                claimed.Add(await AdoptAsync(rollout, set, cancel));
            }
            else if (owner?.Uid == rollout.Metadata.Uid && matches)
            {
                claimed.Add(KubernetesJson.Deserialize<V1ReplicaSet>(KubernetesJson.Serialize(set)));
            }
            else if (owner?.Uid == rollout.Metadata.Uid && !LabelSelectors.IsEmpty(selector))
            {
                await ReleaseAsync(rollout, set, cancel);
            }
        }

        return claimed;
    }

    private Task<V1ReplicaSet> AdoptAsync(Rollout rollout, V1ReplicaSet set, CancellationToken cancel)
        => PatchOwnersAsync(set, JsonNode.Parse(KubernetesJson.Serialize(OwnerReference(rollout)))!, cancel);

    private async Task ReleaseAsync(Rollout rollout, V1ReplicaSet set, CancellationToken cancel)
    {
        try
        {
            await PatchOwnersAsync(set, new JsonObject { ["$patch"] = "delete", ["uid"] = rollout.Metadata.Uid }, cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsInvalid)
        {
            // gone, or already released
        }
    }

    private Task<V1ReplicaSet> PatchOwnersAsync(V1ReplicaSet set, JsonNode reference, CancellationToken cancel)
    {
        var metadata = new JsonObject { ["ownerReferences"] = new JsonArray(reference), ["uid"] = set.Metadata.Uid };
        return client.PatchAsync(
            Resources.ReplicaSets, set.Metadata.NamespaceProperty, set.Metadata.Name, Patch.Strategic(new JsonObject { ["metadata"] = metadata }), cancel: cancel);
    }
}
