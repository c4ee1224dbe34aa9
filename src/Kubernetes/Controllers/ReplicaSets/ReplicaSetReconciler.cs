using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as each ReplicaSet wants (<c>pkg/controller/replicaset</c>).</summary>
internal sealed class ReplicaSetReconciler(OwnedPods<V1ReplicaSet> owned) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (owned.Owners.Find(name) is not { } set)
        {
            return Result.Done; // the collector takes the pods
        }

        var now = owned.Now;
        var (active, settled) = await owned.ClaimAsync(set, cancel, pod => pod.IsActive());

        PodFailure? failure = null;
        if (settled)
        {
            failure = await ActAsync(set, ReplicaSetPlan.For(set, active, Related(set), now), cancel);
        }

        var terminating = owned.Pods.ControlledBy(set.Metadata.Uid).Count(pod => pod.IsTerminating() && !pod.IsFinished());
        var status = ReplicaSetStatusFrom.Observed(set, active, terminating, failure, now);
        if (ReplicaSetStatusFrom.Differs(set.Status, status))
        {
            var changed = Copy.Of(set);
            changed.Status = status;
            await owned.Client.UpdateAsync(Resources.ReplicaSets, changed, "status", cancel);
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
        }

        return ReplicaSetStatusFrom.NextAvailability(set, active, now) is { } next ? Result.After(next - now) : Result.Done;
    }

    private async Task<PodFailure?> ActAsync(V1ReplicaSet set, ReplicaSetPlan plan, CancellationToken cancel)
    {
        if (plan.Create > 0)
        {
            var failed = await SlowStart.RunAsync(plan.Create, () => owned.CreateAsync(set, PodFrom.Template(set.Spec.Template, set, owned.Reference(set)), cancel));
            return failed is null or ApiException { IsNamespaceTerminating: true } ? null : await owned.ReportAsync(set, "FailedCreate", "creating", failed, cancel);
        }

        if (plan.Delete.Count > 0)
        {
            var deletions = plan.Delete.GetEnumerator();
            var failed = await SlowStart.RunAsync(plan.Delete.Count, () => deletions.MoveNext() ? owned.DeleteAsync(set, deletions.Current, cancel) : Task.CompletedTask);
            return failed is null ? null : await owned.ReportAsync(set, "FailedDelete", "deleting", failed, cancel);
        }

        return null;
    }

    // all ReplicaSets of one Deployment or Rollout crowd nodes together
    private List<V1Pod> Related(V1ReplicaSet set)
    {
        var owner = set.Metadata.ControllerUid();
        var siblings = owner is null ? [set] : owned.Owners.List(set.Metadata.NamespaceProperty).Where(other => other.Metadata.ControllerUid() == owner);
        return [.. siblings.SelectMany(sibling => owned.Pods.ControlledBy(sibling.Metadata.Uid)).Where(pod => pod.IsActive())];
    }
}
