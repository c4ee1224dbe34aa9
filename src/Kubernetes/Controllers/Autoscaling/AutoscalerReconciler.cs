using System.Collections.Concurrent;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using Controllers.Runtime.Reconciling;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Autoscaling.Metrics;
using Kubernetes.Controllers.Scaling;

namespace Kubernetes.Controllers.Autoscaling;

/// <summary>Sizes whatever has a scale subresource after its metrics (<c>pkg/controller/podautoscaler</c>).</summary>
internal sealed class AutoscalerReconciler(
    ApiClient client, ILister<V2HorizontalPodAutoscaler> autoscalers, ILister<V1Pod> pods, ScaleClient scales, EventRecorder events, TimeProvider time) : IReconciler
{
    /// <summary>How often each autoscaler looks (<c>--horizontal-pod-autoscaler-sync-period</c>).</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<NamespacedName, ScalingHistory> _histories = new();
    private readonly MetricReader _metrics = new(client);

    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (autoscalers.Find(name) is not { } autoscaler)
        {
            _histories.TryRemove(name, out _);
            return Result.Done;
        }

        var now = time.GetUtcNow().UtcDateTime;
        var target = autoscaler.Spec.ScaleTargetRef;
        var conditions = new AutoscalerConditions(autoscaler.Status?.Conditions, now);
        var scale = await scales.FindAsync(target.ApiVersion ?? "v1", target.Kind, name.Namespace, target.Name, cancel);
        if (scale is null)
        {
            var message = $"{target.Kind.ToLowerInvariant()}s \"{target.Name}\" not found";
            conditions.Set(AutoscalerConditions.AbleToScale, false, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {message}");
            await events.WarningAsync(autoscaler, "FailedGetScale", message, cancel);
            await WriteAsync(autoscaler, Status(autoscaler, conditions, autoscaler.Status?.CurrentReplicas ?? 0, autoscaler.Status?.DesiredReplicas ?? 0, [], null), cancel);
            return Result.After(Period);
        }

        conditions.Set(AutoscalerConditions.AbleToScale, true, "SucceededGetScale", "the HPA controller was able to get the target's current scale");
        var current = scale.Spec.Replicas ?? 0;
        if (current == 0 && autoscaler.Spec.MinReplicas != 0)
        {
            conditions.Set(AutoscalerConditions.ScalingActive, false, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero");
            await WriteAsync(autoscaler, Status(autoscaler, conditions, 0, 0, [], null), cancel);
            return Result.After(Period);
        }

        var history = _histories.GetOrAdd(name, _ => new ScalingHistory());
        List<MetricProposal> proposals = [];
        var plan = AutoscalingPlan.Bounded(autoscaler, current);
        if (plan is null)
        {
            proposals = await MeasureAsync(autoscaler, scale, current, conditions, cancel);
            plan = proposals.Count > 0 ? AutoscalingPlan.For(autoscaler, current, proposals, history, conditions, now) : null;
        }

        DateTime? scaledAt = null;
        if (plan is not null && plan.Replicas != current)
        {
            await RescaleAsync(autoscaler, plan, conditions, cancel);
            history.Scaled(plan.Replicas - current, now);
            scaledAt = now;
        }

        await WriteAsync(autoscaler, Status(autoscaler, conditions, scale.Status?.Replicas ?? current, plan?.Replicas ?? current, proposals, scaledAt), cancel);
        return Result.After(Period);
    }

    private async Task<List<MetricProposal>> MeasureAsync(
        V2HorizontalPodAutoscaler autoscaler, V1Scale scale, int current, AutoscalerConditions conditions, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(scale.Status?.Selector))
        {
            const string message = "selector is required";
            conditions.Set(AutoscalerConditions.ScalingActive, false, "InvalidSelector", "the HPA target's scale is missing a selector");
            await events.WarningAsync(autoscaler, "SelectorRequired", message, cancel);
            return [];
        }

        var names = (await client.ListAsync(Resources.Pods, autoscaler.Metadata.NamespaceProperty, new ListOptions { LabelSelector = scale.Status.Selector }, cancel))
            .Items.Select(pod => pod.Metadata.Name).ToHashSet();
        var selected = pods.List(autoscaler.Metadata.NamespaceProperty).Where(pod => names.Contains(pod.Metadata.Name)).ToList();
        var proposals = new List<MetricProposal>();
        (string Reason, string Message)? problem = null;
        var specs = autoscaler.Spec.Metrics ?? [];
        var invalid = 0;
        foreach (var metric in specs)
        {
            try
            {
                proposals.Add(await _metrics.ReadAsync(autoscaler, metric, current, selected, cancel));
            }
            catch (MetricException exception)
            {
                invalid++;
                problem ??= ($"FailedGet{metric.Type}Metric", Failure(metric, exception.Message));
                await events.WarningAsync(autoscaler, $"FailedGet{metric.Type}Metric", exception.Message, cancel);
            }
        }

        // a metric that cannot be read must not let the others shrink the target
        if (problem is { } first && (proposals.Count == 0 || proposals.Max(proposal => proposal.Replicas) < current))
        {
            conditions.Set(AutoscalerConditions.ScalingActive, false, first.Reason, $"the HPA was unable to compute the replica count: {first.Message}");
            var message = $"invalid metrics ({invalid} invalid out of {specs.Count}), first error is: {first.Message}";
            await events.WarningAsync(autoscaler, "FailedComputeMetricsReplicas", message, cancel);
            return [];
        }

        return proposals;
    }

    private static string Failure(V2MetricSpec metric, string message) => metric switch
    {
        { Resource: { } resource } => resource.Target.AverageUtilization is null ? $"failed to get {resource.Name} usage: {message}" : $"failed to get {resource.Name} utilization: {message}",
        { Pods: not null } => $"failed to get pods metric value: {message}",
        { External: { } external } => $"failed to get {external.Metric.Name} external metric value: {message}",
        { ObjectProperty: not null } => $"failed to get object metric value: {message}",
        _ => message,
    };

    private async Task RescaleAsync(V2HorizontalPodAutoscaler autoscaler, AutoscalingPlan plan, AutoscalerConditions conditions, CancellationToken cancel)
    {
        var target = autoscaler.Spec.ScaleTargetRef;
        try
        {
            await scales.SetAsync(target.ApiVersion ?? "v1", target.Kind, autoscaler.Metadata.NamespaceProperty, target.Name, plan.Replicas, cancel);
        }
        catch (ApiException exception)
        {
            conditions.Set(AutoscalerConditions.AbleToScale, false, "FailedUpdateScale", $"the HPA controller was unable to update the target scale: {exception.StatusMessage}");
            await events.WarningAsync(autoscaler, "FailedRescale", $"New size: {plan.Replicas}; reason: {plan.Why}; error: {exception.StatusMessage}", cancel);
            throw;
        }

        conditions.Set(AutoscalerConditions.AbleToScale, true, "SucceededRescale", $"the HPA controller was able to update the target scale to {plan.Replicas}");
        await events.NormalAsync(autoscaler, "SuccessfulRescale", $"New size: {plan.Replicas}; reason: {plan.Why}", cancel);
    }

    private static V2HorizontalPodAutoscalerStatus Status(
        V2HorizontalPodAutoscaler autoscaler, AutoscalerConditions conditions, int current, int desired, List<MetricProposal> proposals, DateTime? scaledAt) => new()
        {
            CurrentReplicas = current,
            DesiredReplicas = desired,
            CurrentMetrics = proposals.Count > 0 ? [.. proposals.Select(proposal => proposal.Status)] : autoscaler.Status?.CurrentMetrics,
            LastScaleTime = scaledAt ?? autoscaler.Status?.LastScaleTime,
            ObservedGeneration = autoscaler.Metadata.Generation,
            Conditions = conditions.All,
        };

    private async Task WriteAsync(V2HorizontalPodAutoscaler autoscaler, V2HorizontalPodAutoscalerStatus status, CancellationToken cancel)
    {
        if (autoscaler.Status is null || KubernetesJson.Serialize(autoscaler.Status) != KubernetesJson.Serialize(status))
        {
            var changed = Copy.Of(autoscaler);
            changed.Status = status;
            await client.UpdateAsync(Resources.HorizontalPodAutoscalers, changed, "status", cancel);
        }
    }
}
