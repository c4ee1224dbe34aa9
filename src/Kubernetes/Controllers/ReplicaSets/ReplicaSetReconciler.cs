using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.ReplicaSets;

/// <summary>Keeps as many pods as each ReplicaSet wants (<c>pkg/controller/replicaset</c>).</summary>
internal sealed class ReplicaSetReconciler(
    ApiClient client, ILister<V1ReplicaSet> sets, ILister<V1Pod> pods, Expectations<V1Pod> expectations, EventRecorder events, TimeProvider time)
    : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (sets.Find(name) is not { } set)
        {
            return Result.Done; // the collector takes the pods
        }

        var now = time.GetUtcNow().UtcDateTime;
        var controller = OwnerReference.ToController(set, "apps/v1", "ReplicaSet");
        var claim = Claim<V1Pod>.Of(set, set.Spec.Selector, pods.List(name.Namespace).Where(pod => pod.IsActive()));
        var active = await claim.CarryOutAsync(client, Resources.Pods, controller, cancel);

        PodFailure? failure = null;
        if (expectations.Satisfied(set.Metadata.Uid))
        {
            failure = await ActAsync(set, ReplicaSetPlan.For(set, active, Related(set), now), controller, cancel);
        }

        var terminating = pods.ControlledBy(set.Metadata.Uid).Count(pod => pod.IsTerminating() && !pod.IsFinished());
        var status = ReplicaSetStatusFrom.Observed(set, active, terminating, failure, now);
        if (ReplicaSetStatusFrom.Differs(set.Status, status))
        {
            var changed = Copy.Of(set);
            changed.Status = status;
            await client.UpdateAsync(Resources.ReplicaSets, changed, "status", cancel);
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
        }

        return ReplicaSetStatusFrom.NextAvailability(set, active, now) is { } next ? Result.After(next - now) : Result.Done;
    }

    private async Task<PodFailure?> ActAsync(V1ReplicaSet set, ReplicaSetPlan plan, V1OwnerReference controller, CancellationToken cancel)
    {
        if (plan.Create > 0)
        {
            var failed = await SlowStart.RunAsync(plan.Create, () => CreateAsync(set, controller, cancel));
            return failed is null or ApiException { IsNamespaceTerminating: true } ? null : await ReportAsync(set, "FailedCreate", "creating", failed, cancel);
        }

        if (plan.Delete.Count > 0)
        {
            var deletions = plan.Delete.GetEnumerator();
            var failed = await SlowStart.RunAsync(plan.Delete.Count, () => deletions.MoveNext() ? DeleteAsync(set, deletions.Current, cancel) : Task.CompletedTask);
            return failed is null ? null : await ReportAsync(set, "FailedDelete", "deleting", failed, cancel);
        }

        return null;
    }

    private async Task CreateAsync(V1ReplicaSet set, V1OwnerReference controller, CancellationToken cancel)
    {
        var pod = await client.CreateAsync(Resources.Pods, PodFrom.Template(set.Spec.Template, set, controller), cancel);
        expectations.Created(set.Metadata.Uid, pod);
        _ = events.NormalAsync(set, "SuccessfulCreate", $"Created pod: {pod.Metadata.Name}", cancel);
    }

    private async Task DeleteAsync(V1ReplicaSet set, V1Pod pod, CancellationToken cancel)
    {
        await client.DeleteAsync(Resources.Pods, pod.Metadata.NamespaceProperty, pod.Metadata.Name, Only(pod), cancel);
        expectations.Deleted(set.Metadata.Uid, pod);
        _ = events.NormalAsync(set, "SuccessfulDelete", $"Deleted pod: {pod.Metadata.Name}", cancel);
    }

    private static V1DeleteOptions Only(V1Pod pod) => new() { Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } };

    private async Task<PodFailure> ReportAsync(V1ReplicaSet set, string reason, string doing, Exception failure, CancellationToken cancel)
    {
        var message = failure is ApiException refused ? refused.StatusMessage : failure.Message;
        await events.WarningAsync(set, reason, $"Error {doing}: {message}", cancel);
        return new PodFailure(reason, message);
    }

    // all ReplicaSets of one Deployment or Rollout crowd nodes together
    private List<V1Pod> Related(V1ReplicaSet set)
    {
        var owner = set.Metadata.ControllerUid();
        var siblings = owner is null ? [set] : sets.List(set.Metadata.NamespaceProperty).Where(other => other.Metadata.ControllerUid() == owner);
        return [.. siblings.SelectMany(sibling => pods.ControlledBy(sibling.Metadata.Uid)).Where(pod => pod.IsActive())];
    }
}
