using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Scaling;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Disruption;

/// <summary>Keeps the numbers by which evictions are granted or refused (<c>pkg/controller/disruption</c>).</summary>
internal sealed class DisruptionReconciler(
    ApiClient client, ILister<V1PodDisruptionBudget> budgets, ILister<V1Pod> pods, ILister<V1ReplicaSet> sets, ScaleClient scales, EventRecorder events, TimeProvider time)
    : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (budgets.Find(name) is not { } budget)
        {
            return Result.Done;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var selected = pods.List(name.Namespace).Where(pod => budget.Spec.Selector.Matches(pod.Metadata.Labels) && !pod.IsFinished()).ToList();
        var (wanted, problem) = DisruptionStatusFrom.CountsControllers(budget) ? await WantedAsync(selected, cancel) : (0, null);
        var status = problem is null ? DisruptionStatusFrom.Observed(budget, selected, wanted, now) : DisruptionStatusFrom.Failed(budget, problem, now);
        if (DisruptionStatusFrom.Differs(budget.Status, status))
        {
            var changed = Copy.Of(budget);
            changed.Status = status;
            await client.UpdateAsync(Resources.PodDisruptionBudgets, changed, "status", cancel);
            await AnnounceAsync(budget, selected.Count, problem, cancel);
        }

        return DisruptionStatusFrom.NextExpiry(status) is { } expiry ? Result.After(expiry - now) : Result.Done;
    }

    private Task AnnounceAsync(V1PodDisruptionBudget budget, int pods, string? problem, CancellationToken cancel)
        => problem is not null ? events.WarningAsync(budget, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {problem}", cancel)
            : pods == 0 ? events.NormalAsync(budget, "NoPods", "No matching pods found", cancel)
            : Task.CompletedTask;

    // each controller once, at its own size: what it wants, not what it has
    private async Task<(int Wanted, string? Problem)> WantedAsync(List<V1Pod> selected, CancellationToken cancel)
    {
        var controllers = new Dictionary<string, int>();
        foreach (var pod in selected)
        {
            if (Controller(pod) is not { } owner)
            {
                return (0, $"found no controllers for pod \"{pod.Metadata.Name}\"");
            }

            if (controllers.ContainsKey(owner.Uid))
            {
                continue;
            }

            var scale = await scales.FindAsync(owner.ApiVersion, owner.Kind, pod.Metadata.NamespaceProperty, owner.Name, cancel);
            if (scale is null)
            {
                return (0, $"{owner.Kind.ToLowerInvariant()}s \"{owner.Name}\" does not implement the scale subresource");
            }

            controllers[owner.Uid] = scale.Spec.Replicas ?? 0;
        }

        return (controllers.Values.Sum(), null);
    }

    private V1OwnerReference? Controller(V1Pod pod)
    {
        var owner = pod.Metadata.ControllerReference();
        return owner?.Kind == "ReplicaSet" && sets.Find(new NamespacedName(pod.Metadata.NamespaceProperty, owner.Name))?.Metadata.ControllerReference() is { } above
            ? above : owner;
    }
}
