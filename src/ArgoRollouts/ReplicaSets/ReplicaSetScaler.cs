using System.Globalization;
using System.Text.Json.Nodes;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>Writes the size of a ReplicaSet and its scale-down deadline (rollout/sync.go, replicaset.go).</summary>
internal sealed class ReplicaSetScaler(ApiClient client, RolloutEvents events)
{
    /// <summary>Sets size and desired-replicas annotation, if either differs; true when the size did. A conflict means that the cache was behind.</summary>
    public async Task<bool> ScaleAsync(RolloutContext context, V1ReplicaSet set, int replicas, CancellationToken cancel)
    {
        var desired = context.Replicas.ToString(CultureInfo.InvariantCulture);
        var from = set.DesiredReplicas();
        var annotationsDiffer = set.Metadata.Annotation(RolloutsKeys.DesiredReplicas) != desired || (context.Replicas == 0 && set.HasScaleDownDeadline());
        if (from == replicas && !annotationsDiffer)
        {
            return false;
        }

        var annotations = new JsonObject { [RolloutsKeys.DesiredReplicas] = desired };
        if (replicas == 0 && !context.DelaysScaleDownOnAbort)
        {
            annotations[RolloutsKeys.ScaleDownDeadline] = null;
        }

        await PatchAsync(set, new JsonObject { ["annotations"] = annotations }, new JsonObject { ["replicas"] = replicas }, cancel);
        if (from == replicas)
        {
            return false;
        }

        var message = Messages.Scaled(from < replicas ? "up" : "down", set.Metadata.Name, set.Metadata.Revision(), from, replicas);
        await events.NormalAsync(context.Rollout, Reasons.ScalingReplicaSet, message, cancel);
        return true;
    }

    /// <summary>Sets the time from which the set may be scaled down; with a zero delay removes one that is left over.</summary>
    public Task AddScaleDownDeadlineAsync(V1ReplicaSet set, TimeSpan delay, DateTimeOffset now, CancellationToken cancel)
        => delay == TimeSpan.Zero
            ? RemoveScaleDownDeadlineAsync(set, cancel)
            : SetDeadlineAsync(set, MetaTimeConverter.Text((now + delay).UtcDateTime), cancel);

    public Task RemoveScaleDownDeadlineAsync(V1ReplicaSet set, CancellationToken cancel)
        => set.HasScaleDownDeadline() ? SetDeadlineAsync(set, null, cancel) : Task.CompletedTask;

    private Task SetDeadlineAsync(V1ReplicaSet set, string? deadline, CancellationToken cancel)
        => PatchAsync(set, new JsonObject { ["annotations"] = new JsonObject { [RolloutsKeys.ScaleDownDeadline] = deadline } }, spec: null, cancel);

    // the resourceVersion makes the patch fail when the set is no longer as it was looked at
    private async Task PatchAsync(V1ReplicaSet set, JsonObject metadata, JsonObject? spec, CancellationToken cancel)
    {
        metadata["resourceVersion"] = set.Metadata.ResourceVersion;
        var patch = new JsonObject { ["metadata"] = metadata };
        if (spec is not null)
        {
            patch["spec"] = spec;
        }

        var updated = await client.PatchAsync(Resources.ReplicaSets, set.Metadata.NamespaceProperty, set.Metadata.Name, Patch.Merge(patch), cancel: cancel);

        // A later write of the same reconciliation builds on this one; its decisions still see the set as it was observed:
        // a deadline just removed is what fast-tracks a rollback.
        set.Metadata.ResourceVersion = updated.Metadata.ResourceVersion;
    }
}
