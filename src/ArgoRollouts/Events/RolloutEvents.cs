using ArgoRollouts.Metrics;
using ArgoRollouts.Models;
using Controllers.Runtime.Events;
using k8s;
using k8s.Models;

namespace ArgoRollouts.Events;

/// <summary>Events of the component rollouts-controller, counted as rollout_events_total when they are about a Rollout (utils/record).</summary>
public sealed class RolloutEvents(EventRecorder recorder, RolloutsMetrics metrics)
{
    /// <summary>source.component of every event.</summary>
    public const string Component = "rollouts-controller";

    public Task NormalAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel)
    {
        Count(about, "Normal", reason);
        return recorder.NormalAsync(about, reason, message, cancel);
    }

    public Task WarningAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel)
    {
        Count(about, "Warning", reason);
        return recorder.WarningAsync(about, reason, message, cancel);
    }

    private void Count(IKubernetesObject<V1ObjectMeta> about, string type, string reason)
    {
        if (about is Rollout rollout)
        {
            metrics.CountEvent(rollout.Metadata.NamespaceProperty, rollout.Metadata.Name, type, reason);
        }
    }
}
