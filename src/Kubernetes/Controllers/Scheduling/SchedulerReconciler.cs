using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Scheduling;

/// <summary>Binds pods that have no node yet to one that fits (kube-scheduler's part).</summary>
internal sealed class SchedulerReconciler(ApiClient client, ILister<V1Pod> pods, ILister<V1Node> nodes, PodClaims claims, EventRecorder events, TimeProvider time)
    : IReconciler
{
    public const string SchedulerName = "default-scheduler";

    public static bool Concerns(V1Pod pod)
        => string.IsNullOrEmpty(pod.Spec.NodeName) && pod.IsActive()
            && pod.Spec.SchedulerName is null or "" or SchedulerName && pod.Spec.SchedulingGates is null or { Count: 0 };

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (pods.Find(name) is not { } pod || !Concerns(pod))
        {
            return Result.Done;
        }

        var plan = SchedulingPlan.For(pod, nodes.List(), pods.List(), claims.Obstacle(pod));
        if (plan.NodeName is not null)
        {
            await BindAsync(pod, plan.NodeName, cancel);
            return Result.Done;
        }

        await RefuseAsync(pod, plan.Message!, cancel);
        return Result.Done;
    }

    private async Task BindAsync(V1Pod pod, string node, CancellationToken cancel)
    {
        var binding = new V1Binding
        {
            ApiVersion = "v1",
            Kind = "Binding",
            Metadata = new V1ObjectMeta { Name = pod.Metadata.Name, NamespaceProperty = pod.Metadata.NamespaceProperty, Uid = pod.Metadata.Uid },
            Target = new V1ObjectReference { ApiVersion = "v1", Kind = "Node", Name = node },
        };
        var path = $"api/v1/namespaces/{pod.Metadata.NamespaceProperty}/pods/{pod.Metadata.Name}/binding";
        try
        {
            await client.SendAsync(HttpMethod.Post, path, KubernetesJson.Serialize(binding), cancel);
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            return; // bound already, or gone: the cache was behind
        }

        _ = events.NormalAsync(
            pod, "Scheduled", $"Successfully assigned {pod.Metadata.NamespaceProperty}/{pod.Metadata.Name} to {node}", cancel);
    }

    private async Task RefuseAsync(V1Pod pod, string message, CancellationToken cancel)
    {
        if (pod.Condition("PodScheduled") is { Status: "False" } known && known.Message == message)
        {
            return;
        }

        _ = events.WarningAsync(pod, "FailedScheduling", message, cancel);
        var changed = Copy.Of(pod);
        changed.Status ??= new V1PodStatus();
        changed.Status.Conditions =
        [
            .. (changed.Status.Conditions ?? []).Where(condition => condition.Type != "PodScheduled"),
            new V1PodCondition
            {
                Type = "PodScheduled",
                Status = "False",
                Reason = "Unschedulable",
                Message = message,
                LastTransitionTime = pod.Condition("PodScheduled") is { Status: "False" } before ? before.LastTransitionTime : time.GetUtcNow().UtcDateTime,
            },
        ];
        await client.UpdateAsync(Resources.Pods, changed, "status", cancel);
    }
}
