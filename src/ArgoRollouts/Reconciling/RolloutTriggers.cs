using ArgoRollouts.Events;
using ArgoRollouts.Metrics;
using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Services;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Queues;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Reconciling;

/// <summary>Which changes bring which Rollouts and Services to be looked at (rollout/controller.go, NewController).</summary>
internal static class RolloutTriggers
{
    public static void Register(
        InformerFactory informers, WorkQueue<NamespacedName> rollouts, WorkQueue<NamespacedName> services, RolloutsMetrics metrics, RolloutEvents events)
    {
        var all = informers.For(RolloutsResources.Rollouts);
        all.OnChange(change =>
        {
            rollouts.Add(NamespacedName.Of(change.Object));
            foreach (var service in DroppedServices(change))
            {
                services.Add(service);
            }

            _ = TellAsync(change, metrics, events);
        });
        informers.For(Resources.ReplicaSets).OnChange(change => AddOwner(change.Object, rollouts));
        informers.For(RolloutsResources.AnalysisRuns).OnChange(change =>
        {
            if (change.Before is null || change.After is null || change.Before.Status.Phase != change.After.Status.Phase)
            {
                AddOwner(change.Object, rollouts);
            }
        });
        informers.For(Resources.Services).OnChange(change => services.Add(NamespacedName.Of(change.Object)));
        informers.For(Resources.Ingresses).OnChange(change => AddByIngress(change.Object, all.Lister, rollouts));
    }

    private static void AddOwner(IKubernetesObject<V1ObjectMeta> @object, WorkQueue<NamespacedName> rollouts)
    {
        if (@object.Metadata.ControllerReference() is { Kind: ReplicaSetClaims.OwnerKind } owner)
        {
            rollouts.Add(new NamespacedName(@object.Metadata.NamespaceProperty ?? "", owner.Name));
        }
    }

    // Services that the Rollout no longer names, or all when it is gone: their selectors are given back.
    private static IEnumerable<NamespacedName> DroppedServices(Change<Rollout> change)
    {
        if (change.Before is not { } before)
        {
            return [];
        }

        var kept = change.After is { } after ? RolloutServices.Of(after).Select(service => service.Name).ToHashSet() : [];
        return RolloutServices.Of(before)
            .Where(service => !kept.Contains(service.Name))
            .Select(service => new NamespacedName(before.Metadata.NamespaceProperty ?? "", service.Name));
    }

    private static void AddByIngress(V1Ingress ingress, ILister<Rollout> all, WorkQueue<NamespacedName> rollouts)
    {
        foreach (var rollout in all.List(ingress.Metadata.NamespaceProperty))
        {
            if (rollout.Spec.Strategy.Canary?.TrafficRouting?.Nginx is { } nginx
                && (nginx.StableIngress == ingress.Metadata.Name || nginx.StableIngresses?.Contains(ingress.Metadata.Name) == true))
            {
                rollouts.Add(NamespacedName.Of(rollout));
            }
        }
    }

    private static Task TellAsync(Change<Rollout> change, RolloutsMetrics metrics, RolloutEvents events)
    {
        var metadata = change.Object.Metadata;
        if (change.Before is null)
        {
            var message = $"Rollout resource added to informer: {metadata.NamespaceProperty}/{metadata.Name}";
            return events.NormalAsync(change.Object, Reasons.RolloutAddedToInformer, message, CancellationToken.None);
        }

        if (change.After is null)
        {
            metrics.RemoveRollout(metadata.NamespaceProperty, metadata.Name);
            var message = $"Rollout {metadata.Name}/{metadata.NamespaceProperty} is deleted."; // in this order upstream
            return events.NormalAsync(change.Object, Reasons.RolloutDeleted, message, CancellationToken.None);
        }

        return Task.CompletedTask;
    }
}
