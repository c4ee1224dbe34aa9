using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.History;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.StatefulSets;

/// <summary>Keeps the numbered pods of StatefulSets (<c>pkg/controller/statefulset</c>).</summary>
internal sealed class StatefulSetReconciler(OwnedPods<V1StatefulSet> owned, RevisionHistory history, ILister<V1PersistentVolumeClaim> claims) : IReconciler
{
    private const string HashLabel = "controller.kubernetes.io/hash";

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (owned.Owners.Find(name) is not { } set)
        {
            return Result.Done; // the collector takes the pods
        }

        var now = owned.Now;
        var (pods, settled) = await owned.ClaimAsync(set, cancel, pod => StatefulPod.Ordinal(set, pod) is not null);
        var collisions = set.Status?.CollisionCount;
        var known = history.Of(set.Metadata.Uid);
        var plan = RevisionPlan.For(set, owned.Reference(set), set.Spec.Template, collisions, HashLabel, known);
        if (await history.RealizeAsync(plan, cancel) is not { } update)
        {
            var before = set.Status ?? new V1StatefulSetStatus();
            var collided = StatefulSetStatusFrom.Observed(set, pods, before.CurrentRevision, before.UpdateRevision, (collisions ?? 0) + 1, now);
            await WriteStatusAsync(set, collided, cancel);
            return Result.Done;
        }

        var current = known.FirstOrDefault(revision => revision.Metadata.Name == set.Status?.CurrentRevision) ?? update;
        Exception? failure = null;
        if (!set.Metadata.IsTerminating())
        {
            await OwnClaimsAsync(set, pods, cancel);
        }

        if (settled)
        {
            failure = await TryActAsync(set, StatefulSetPlan.For(set, pods, update.Metadata.Name, now), current, update, cancel);
        }

        var status = StatefulSetStatusFrom.Observed(set, pods, current.Metadata.Name, update.Metadata.Name, collisions, now);
        await WriteStatusAsync(set, status, cancel);
        var live = pods.Select(StatefulPod.Revision).Concat([status.CurrentRevision, status.UpdateRevision]).ToHashSet();
        await history.TruncateAsync(plan, set.Spec.RevisionHistoryLimit ?? 10, live, cancel);
        if (failure is not null)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }

        return StatefulSetStatusFrom.NextAvailability(set, pods, now) is { } next ? Result.After(next - now) : Result.Done;
    }

    // before a pod that is scaled away is deleted: its claim goes with it, or stays
    private async Task OwnClaimsAsync(V1StatefulSet set, IReadOnlyList<V1Pod> pods, CancellationToken cancel)
    {
        foreach (var pod in pods)
        {
            foreach (var template in set.Spec.VolumeClaimTemplates ?? [])
            {
                var name = new NamespacedName(set.Metadata.NamespaceProperty, StatefulPod.ClaimName(set, template, StatefulPod.Ordinal(set, pod)!.Value));
                var claim = claims.Find(name);
                if (claim is null && ClaimOwners.IsScaledAway(set, pod))
                {
                    claim = await owned.Client.FindAsync(Resources.PersistentVolumeClaims, name.Namespace, name.Name, cancel); // the cache may be behind
                }

                if (claim is not null && ClaimOwners.Wanted(set, owned.Reference(set), pod, claim) is { } owners)
                {
                    var changed = Copy.Of(claim);
                    changed.Metadata.OwnerReferences = owners;
                    await owned.Client.UpdateAsync(Resources.PersistentVolumeClaims, changed, cancel: cancel);
                }
            }
        }
    }

    private async Task<Exception?> TryActAsync(
        V1StatefulSet set, StatefulSetPlan plan, V1ControllerRevision current, V1ControllerRevision update, CancellationToken cancel)
    {
        try
        {
            foreach (var pod in plan.Delete)
            {
                await owned.DeleteAsync(set, pod, cancel, gone => $"delete Pod {gone.Metadata.Name} in StatefulSet {set.Metadata.Name} successful");
            }

            foreach (var creation in plan.Create)
            {
                await CreateAsync(set, creation, creation.AtCurrentRevision ? current : update, cancel);
            }

            return null;
        }
        catch (ApiException exception) when (!exception.IsConflict && !exception.IsAlreadyExists)
        {
            return exception.IsNamespaceTerminating ? null : exception;
        }
    }

    private async Task CreateAsync(V1StatefulSet set, StatefulCreation creation, V1ControllerRevision revision, CancellationToken cancel)
    {
        var controller = owned.Reference(set);
        var podName = StatefulPod.Name(set, creation.Ordinal);
        foreach (var claim in StatefulPod.Claims(set, controller, creation.Ordinal))
        {
            await ClaimAsync(set, claim, podName, cancel);
        }

        var pod = StatefulPod.New(set, controller, creation.Ordinal, RevisionData.Template(revision), revision.Metadata.Name);
        try
        {
            await owned.CreateAsync(set, pod, cancel, made => $"create Pod {made.Metadata.Name} in StatefulSet {set.Metadata.Name} successful");
        }
        catch (ApiException exception) when (!exception.IsAlreadyExists && !exception.IsNamespaceTerminating)
        {
            await owned.Events.WarningAsync(
                set, "FailedCreate", $"create Pod {podName} in StatefulSet {set.Metadata.Name} failed error: {exception.StatusMessage}", cancel);
            throw;
        }
    }

    private async Task ClaimAsync(V1StatefulSet set, V1PersistentVolumeClaim claim, string podName, CancellationToken cancel)
    {
        try
        {
            await owned.Client.CreateAsync(Resources.PersistentVolumeClaims, claim, cancel);
            _ = owned.Events.NormalAsync(
                set, "SuccessfulCreate", $"create Claim {claim.Metadata.Name} Pod {podName} in StatefulSet {set.Metadata.Name} success", cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // the pod before it left its data; what goes with that pod has to go first
            var left = await owned.Client.FindAsync(Resources.PersistentVolumeClaims, claim.Metadata.NamespaceProperty, claim.Metadata.Name, cancel);
            if (left?.Metadata.OwnerReferences?.Any(owner => owner.Kind == "Pod" && owner.Name == podName) != false)
            {
                throw;
            }
        }
    }

    private async Task WriteStatusAsync(V1StatefulSet set, V1StatefulSetStatus status, CancellationToken cancel)
    {
        if (StatefulSetStatusFrom.Differs(set.Status, status))
        {
            var changed = Copy.Of(set);
            changed.Status = status;
            await owned.Client.UpdateAsync(Resources.StatefulSets, changed, "status", cancel);
        }
    }
}
