using System.Text.Json.Nodes;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Gives pods and ReplicaSets the metadata of their present role, without restarting them (rollout/ephemeralmetadata.go).</summary>
internal sealed class EphemeralMetadataReconciler(ApiClient client)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var (newMetadata, stableMetadata) = context.Rollout.Spec.Strategy switch
        {
            { Canary: { } canary } => (canary.CanaryMetadata, canary.StableMetadata),
            { BlueGreen: { } blueGreen } => (blueGreen.PreviewMetadata, blueGreen.ActiveMetadata),
            _ => (null, null),
        };
        var fullyRolledOut = string.IsNullOrEmpty(context.Rollout.Status.StableRS) || context.Rollout.Status.StableRS == context.NewRS.PodHash();
        if (fullyRolledOut)
        {
            await SyncAsync(context.NewRS, stableMetadata, cancel);
        }
        else
        {
            await SyncAsync(context.NewRS, newMetadata, cancel);
            await SyncAsync(context.StableRS, stableMetadata, cancel);
        }

        foreach (var other in context.Sets.Others)
        {
            await SyncAsync(other, null, cancel);
        }
    }

    // The ReplicaSet first, so that pods made in between have it already; then the pods, also when the ReplicaSet was right:
    // a controller that died between the two left some behind.
    private async Task SyncAsync(V1ReplicaSet? set, PodTemplateMetadata? desired, CancellationToken cancel)
    {
        var existing = set is null ? null : EphemeralMetadata.Existing(set);
        if (set is null || (existing is null && desired is null))
        {
            return;
        }

        if (EphemeralMetadata.Sync(set.Spec.Template.Metadata, existing, desired) is { } synced)
        {
            await PatchSetAsync(set, desired, Change(set.Spec.Template.Metadata, synced.Labels, synced.Annotations), cancel);
        }

        var options = new ListOptions { LabelSelector = LabelSelectors.Format(set.Spec.Selector) };
        var pods = await client.ListAsync(Resources.Pods, set.Metadata.NamespaceProperty, options, cancel);
        foreach (var pod in pods.Items.Where(pod => pod.Metadata.ControllerUid() == set.Metadata.Uid))
        {
            if (EphemeralMetadata.Sync(pod.Metadata, existing, desired) is { } changed)
            {
                pod.Metadata.Labels = changed.Labels;
                pod.Metadata.Annotations = changed.Annotations;
                await client.UpdateAsync(Resources.Pods, pod, cancel: cancel); // upstream's role may update pods, not patch them
            }
        }
    }

    private async Task PatchSetAsync(V1ReplicaSet set, PodTemplateMetadata? desired, JsonObject templateMetadata, CancellationToken cancel)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["resourceVersion"] = set.Metadata.ResourceVersion,
                ["annotations"] = new JsonObject { [RolloutsKeys.EphemeralMetadata] = desired is null ? null : KubernetesJson.Serialize(desired) },
            },
            ["spec"] = new JsonObject { ["template"] = new JsonObject { ["metadata"] = templateMetadata } },
        };
        var updated = await client.PatchAsync(Resources.ReplicaSets, set.Metadata.NamespaceProperty, set.Metadata.Name, Patch.Merge(patch), cancel: cancel);
        set.Metadata.ResourceVersion = updated.Metadata.ResourceVersion;
    }

    private static JsonObject Change(V1ObjectMeta before, Dictionary<string, string> labels, Dictionary<string, string> annotations)
        => new() { ["labels"] = Change(before.Labels, labels), ["annotations"] = Change(before.Annotations, annotations) };

    private static JsonObject Change(IDictionary<string, string>? before, Dictionary<string, string> after)
    {
        var change = new JsonObject();
        foreach (var key in before?.Keys.Where(key => !after.ContainsKey(key)) ?? [])
        {
            change[key] = null;
        }

        foreach (var (key, value) in after)
        {
            change[key] = value;
        }

        return change;
    }
}
