using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.History;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Scheduling;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>Keeps one pod of each DaemonSet on every node that fits (<c>pkg/controller/daemon</c>).</summary>
internal sealed class DaemonSetReconciler(OwnedPods<V1DaemonSet> owned, RevisionHistory history, ILister<V1Node> nodes) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (owned.Owners.Find(name) is not { } set)
        {
            return Result.Done; // the collector takes the pods
        }

        var now = owned.Now;
        var (pods, settled) = await owned.ClaimAsync(set, cancel);
        var collisions = set.Status?.CollisionCount;
        var plan = RevisionPlan.For(set, owned.Reference(set), set.Spec.Template, collisions, DaemonPod.HashLabel, history.Of(set.Metadata.Uid));
        if (await history.RealizeAsync(plan, cancel) is not { } revision)
        {
            await WriteStatusAsync(set, DaemonSetStatusFrom.Observed(set, Nodes(set, pods), "", (collisions ?? 0) + 1, now), cancel);
            return Result.Done;
        }

        var hash = revision.Metadata.Label(DaemonPod.HashLabel) ?? "";
        var observed = Nodes(set, pods);
        PodFailure? failure = null;
        if (settled)
        {
            failure = await ActAsync(set, DaemonSetPlan.For(set, observed, hash, now), hash, cancel);
        }

        await WriteStatusAsync(set, DaemonSetStatusFrom.Observed(set, observed, hash, collisions, now), cancel);
        var hashes = pods.Select(DaemonPod.Hash).ToHashSet();
        var live = history.Of(set.Metadata.Uid).Where(known => hashes.Contains(known.Metadata.Label(DaemonPod.HashLabel) ?? "")).Select(known => known.Metadata.Name).ToHashSet();
        await history.TruncateAsync(plan, set.Spec.RevisionHistoryLimit ?? 10, live, cancel);
        if (failure is not null)
        {
            throw new InvalidOperationException($"{failure.Reason}: {failure.Message}");
        }

        var next = pods.Select(pod => pod.AvailableAt(set.Spec.MinReadySeconds ?? 0)).Where(at => at > now).Min();
        return next is { } later ? Result.After(later - now) : Result.Done;
    }

    private List<DaemonNode> Nodes(V1DaemonSet set, IReadOnlyList<V1Pod> pods)
    {
        var spec = DaemonPod.Spec(set);
        var byNode = pods.Where(pod => DaemonPod.Node(pod) is not null)
            .OrderBy(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal).ToLookup(DaemonPod.Node);
        return
        [
            .. nodes.List().OrderBy(node => node.Metadata.Name, StringComparer.Ordinal).Select(node => new DaemonNode(
                node.Metadata.Name,
                NodeFit.Selects(spec, node) && NodeFit.Untolerated(spec, node, "NoSchedule", "NoExecute") is null,
                NodeFit.Selects(spec, node) && NodeFit.Untolerated(spec, node, "NoExecute") is null,
                [.. byNode[node.Metadata.Name]])),
        ];
    }

    private async Task<PodFailure?> ActAsync(V1DaemonSet set, DaemonSetPlan plan, string hash, CancellationToken cancel)
    {
        foreach (var pod in plan.Delete)
        {
            if (pod.IsFinished())
            {
                var failed = pod.Status.Phase == "Failed";
                var message = $"Found {(failed ? "failed" : "succeeded")} daemon pod {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name} on node {pod.Spec.NodeName}, will try to {(failed ? "kill" : "delete")} it";
                _ = failed ? owned.Events.WarningAsync(set, "FailedDaemonPod", message, cancel) : owned.Events.NormalAsync(set, "SucceededDaemonPod", message, cancel);
            }

            await owned.DeleteAsync(set, pod, cancel);
        }

        var targets = plan.Create.GetEnumerator();
        var refused = await SlowStart.RunAsync(plan.Create.Count, () =>
            targets.MoveNext() ? owned.CreateAsync(set, DaemonPod.New(set, owned.Reference(set), targets.Current, hash), cancel) : Task.CompletedTask);
        return refused is null or ApiException { IsNamespaceTerminating: true } ? null : await owned.ReportAsync(set, "FailedCreate", "creating", refused, cancel);
    }

    private async Task WriteStatusAsync(V1DaemonSet set, V1DaemonSetStatus status, CancellationToken cancel)
    {
        if (DaemonSetStatusFrom.Differs(set.Status, status))
        {
            var changed = Copy.Of(set);
            changed.Status = status;
            await owned.Client.UpdateAsync(Resources.DaemonSets, changed, "status", cancel);
        }
    }
}
