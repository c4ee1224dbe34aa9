using System.Net;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Restarting;

/// <summary>Restarts all pods of a Rollout when spec.restartAt says so, by evicting a few at a time: disruption budgets are respected (rollout/restart.go).</summary>
internal sealed class PodRestarter(ApiClient client)
{
    private static readonly TimeSpan CheckAgain = TimeSpan.FromSeconds(30);

    /// <summary>The number of pods evicted.</summary>
    public async Task<int> ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        if (rollout.Spec.RestartAt is { } at && at > context.Now.UtcDateTime)
        {
            context.Requeue(at - context.Now.UtcDateTime);
        }

        if (!PodRestartPlan.IsDue(rollout, context.Now))
        {
            return 0;
        }

        var plan = PodRestartPlan.Of(rollout, context.Sets, await PodsAsync(context, cancel), context.Now);
        var evicted = 0;
        foreach (var pod in plan.Evict)
        {
            evicted += await EvictAsync(pod, cancel) ? 1 : 0;
        }

        if (plan.Outdated == evicted)
        {
            context.NewStatus.RestartedAt = rollout.Spec.RestartAt;
        }
        else
        {
            context.Requeue(CheckAgain);
        }

        return evicted;
    }

    // stable first, then new, then the older ones
    private async Task<IReadOnlyList<V1Pod>> PodsAsync(RolloutContext context, CancellationToken cancel)
    {
        var options = new ListOptions { LabelSelector = LabelSelectors.Format(context.Rollout.Spec.Selector) };
        var pods = (await client.ListAsync(Resources.Pods, context.Rollout.Metadata.NamespaceProperty, options, cancel)).Items;
        var order = context.Sets.All.ByCreation()
            .OrderBy(set => set == context.StableRS ? 0 : set == context.NewRS ? 1 : 2)
            .Select(set => set.Metadata.Uid)
            .ToList();
        return [.. pods.Where(pod => order.Contains(pod.Metadata.ControllerUid() ?? "")).OrderBy(pod => order.IndexOf(pod.Metadata.ControllerUid()!))];
    }

    private async Task<bool> EvictAsync(V1Pod pod, CancellationToken cancel)
    {
        var metadata = pod.Metadata;
        var eviction = new V1Eviction
        {
            ApiVersion = "policy/v1",
            Kind = "Eviction",
            Metadata = new V1ObjectMeta { Name = metadata.Name, NamespaceProperty = metadata.NamespaceProperty },
        };
        try
        {
            var path = $"api/v1/namespaces/{metadata.NamespaceProperty}/pods/{metadata.Name}/eviction";
            await client.SendAsync(HttpMethod.Post, path, KubernetesJson.Serialize(eviction), cancel);
            return true;
        }
        catch (ApiException exception) when (exception.Code == HttpStatusCode.TooManyRequests)
        {
            return false; // a disruption budget forbids it for now
        }
    }
}
