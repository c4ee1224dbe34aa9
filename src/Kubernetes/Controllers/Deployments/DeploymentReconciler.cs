using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s.Models;
using Kubernetes.Controllers.Ownership;
using Kubernetes.Controllers.Pods;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Deployments;

/// <summary>Rolls Deployments out through ReplicaSets (<c>pkg/controller/deployment</c>).</summary>
internal sealed class DeploymentReconciler(
    ApiClient client, ILister<V1Deployment> deployments, ILister<V1ReplicaSet> sets, ILister<V1Pod> pods, EventRecorder events, TimeProvider time)
    : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (deployments.Find(name) is not { } deployment)
        {
            return Result.Done;
        }

        if (deployment.Spec.Selector.IsEmpty())
        {
            await events.WarningAsync(deployment, "SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.", cancel);
            return Result.Done;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var claim = Claim<V1ReplicaSet>.Of(deployment, deployment.Spec.Selector, sets.List(name.Namespace));
        var owned = await claim.CarryOutAsync(client, Resources.ReplicaSets, OwnerReference.ToController(deployment, "apps/v1", "Deployment"), cancel);
        var rollout = new Rollout(deployment, owned);
        var plan = DeploymentPlan.For(rollout, OldPodsRunning(rollout), now);

        await ScaleAsync(rollout, plan, cancel);
        foreach (var set in plan.Delete)
        {
            await client.DeleteAsync(Resources.ReplicaSets, set.Metadata.NamespaceProperty, set.Metadata.Name, cancel: cancel);
        }

        if (plan.CreateWithReplicas is { } replicas)
        {
            await CreateAsync(rollout, replicas, plan, now, cancel);
        }

        await WriteStatusAsync(deployment, plan, cancel);
        return plan.LookAgainAt is { } at ? Result.After(at - now + TimeSpan.FromSeconds(1)) : Result.Done;
    }

    private bool OldPodsRunning(Rollout rollout)
        => rollout.Old.SelectMany(set => pods.ControlledBy(set.Metadata.Uid)).Any(pod => !pod.IsFinished());

    private async Task ScaleAsync(Rollout rollout, DeploymentPlan plan, CancellationToken cancel)
    {
        var steps = plan.Scale.ToList();
        if (plan.CurrentAnnotations is not null && steps.TrueForAll(step => step.Set != rollout.Current))
        {
            steps.Add(new ScaleStep(rollout.Current!, Rollout.SizeOf(rollout.Current!)));
        }

        foreach (var step in steps)
        {
            var from = Rollout.SizeOf(step.Set);
            var changed = Copy.Of(step.Set);
            var annotations = step.Set == rollout.Current ? plan.CurrentAnnotations : null;
            changed.Metadata.Annotations = new Dictionary<string, string>(annotations ?? changed.Metadata.Annotations ?? new Dictionary<string, string>());
            Revisions.SetReplicas(changed.Metadata.Annotations, rollout.Replicas, rollout.Replicas + rollout.Bounds.Surge);
            changed.Spec.Replicas = step.Replicas;
            changed.Spec.MinReadySeconds = step.Set == rollout.Current ? rollout.Deployment.Spec.MinReadySeconds : changed.Spec.MinReadySeconds;
            await client.UpdateAsync(Resources.ReplicaSets, changed, cancel: cancel);
            if (from != step.Replicas)
            {
                Announce(rollout.Deployment, changed, from, cancel);
            }
        }
    }

    private void Announce(V1Deployment deployment, V1ReplicaSet set, int from, CancellationToken cancel)
    {
        var direction = from < set.Spec.Replicas ? "up" : "down";
        _ = events.NormalAsync(
            deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {set.Metadata.Name} from {from} to {set.Spec.Replicas}", cancel);
    }

    private async Task CreateAsync(Rollout rollout, int replicas, DeploymentPlan plan, DateTime now, CancellationToken cancel)
    {
        var deployment = rollout.Deployment;
        var wanted = CurrentReplicaSet.For(rollout, replicas);
        var conditions = (List<V1DeploymentCondition>)plan.Status!.Conditions;
        try
        {
            await client.CreateAsync(Resources.ReplicaSets, wanted, cancel);
            if (replicas > 0)
            {
                Announce(deployment, wanted, 0, cancel);
            }

            if (DeploymentConditions.HasDeadline(deployment))
            {
                DeploymentConditions.Set(
                    conditions, DeploymentConditions.Progressing, "True", DeploymentConditions.NewReplicaSetCreated,
                    $"Created new replica set \"{wanted.Metadata.Name}\"", now);
            }
        }
        catch (ApiException exception) when (exception.IsNamespaceTerminating)
        {
            // everything here is going
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            await ResolveCollisionAsync(deployment, wanted, plan, cancel);
        }
        catch (ApiException exception)
        {
            var message = $"Failed to create new replica set \"{wanted.Metadata.Name}\": {exception.StatusMessage}";
            if (DeploymentConditions.HasDeadline(deployment))
            {
                DeploymentConditions.Set(
                    conditions, DeploymentConditions.Progressing, "False", DeploymentConditions.ReplicaSetCreateError, message, now);
                await WriteStatusAsync(deployment, plan, cancel);
            }

            await events.WarningAsync(deployment, DeploymentConditions.ReplicaSetCreateError, message, cancel);
            throw;
        }
    }

    // the name is taken: by our own ReplicaSet that the cache does not show yet, or by another one with the same hash
    private async Task ResolveCollisionAsync(V1Deployment deployment, V1ReplicaSet wanted, DeploymentPlan plan, CancellationToken cancel)
    {
        var existing = await client.FindAsync(Resources.ReplicaSets, wanted.Metadata.NamespaceProperty, wanted.Metadata.Name, cancel);
        if (existing is not null && (existing.Metadata.ControllerUid() != deployment.Metadata.Uid
            || !PodTemplate.EqualsIgnoringHash(existing.Spec.Template, deployment.Spec.Template)))
        {
            plan.Status!.CollisionCount = (plan.Status.CollisionCount ?? 0) + 1;
        }
    }

    private async Task WriteStatusAsync(V1Deployment deployment, DeploymentPlan plan, CancellationToken cancel)
    {
        if (!DeploymentStatusFrom.Differs(deployment.Status, plan.Status!) && plan.DeploymentRevision is null)
        {
            return;
        }

        var changed = Copy.Of(deployment);
        changed.Status = plan.Status;
        if (plan.DeploymentRevision is not null)
        {
            // written through the status, as upstream does, so that the generation stays
            changed.Metadata.Annotations ??= new Dictionary<string, string>();
            changed.Metadata.Annotations[Revisions.Revision] = plan.DeploymentRevision;
        }

        await client.UpdateAsync(Resources.Deployments, changed, "status", cancel);
    }
}
