using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>From an autoscaler's metric to the size that it asks for (<c>horizontal.go</c>, <c>computeReplicasForMetric</c>).</summary>
internal sealed class MetricReader(ApiClient client)
{
    private readonly PodUsage _usage = new(client);

    /// <exception cref="MetricException">The metric cannot be read.</exception>
    public Task<MetricProposal> ReadAsync(V2HorizontalPodAutoscaler autoscaler, V2MetricSpec metric, int current, IReadOnlyList<V1Pod> pods, CancellationToken cancel)
        => metric switch
        {
            { Resource: { } resource } => ResourceAsync(autoscaler, metric.Type, resource.Name, container: null, resource.Target, current, pods, cancel),
            { ContainerResource: { } part } => ResourceAsync(autoscaler, metric.Type, part.Name, part.Container, part.Target, current, pods, cancel),
            { Pods: { } source } => Task.FromResult(OfPods(autoscaler, source, current, pods)),
            { ObjectProperty: { } source } => Task.FromResult(Single(autoscaler, metric, source.Metric.Name, source.Target, current, pods)),
            { External: { } source } => Task.FromResult(Single(autoscaler, metric, source.Metric.Name, source.Target, current, pods)),
            _ => throw new MetricException($"unknown metric source type \"{metric.Type}\""),
        };

    private async Task<MetricProposal> ResourceAsync(
        V2HorizontalPodAutoscaler autoscaler, string type, string resource, string? container, V2MetricTarget target, int current,
        IReadOnlyList<V1Pod> pods, CancellationToken cancel)
    {
        var usage = await _usage.ResourceAsync(autoscaler.Metadata.NamespaceProperty, resource, container, pods, cancel);
        var utilization = target.AverageUtilization;
        var samples = pods.Select(pod => new PodSample(pod, usage(pod), utilization is null ? 1 : Request(pod, resource, container))).ToList();
        var wanted = utilization is { } percent ? percent / 100.0 : PodUsage.Milli(target.AverageValue);
        var fallback = utilization is { } share ? Math.Max(100, share) / 100.0 : wanted;
        var replicas = ReplicaCalculator.Replicas(current, samples, wanted, fallback, resource == "cpu", Tolerances(autoscaler));
        var measured = samples.Where(sample => sample.Milli is not null).ToList();
        var now = new V2MetricValueStatus
        {
            AverageValue = Quantity(measured.Sum(sample => sample.Milli!.Value) / measured.Count),
            AverageUtilization = utilization is null ? null : (int)(measured.Sum(sample => sample.Milli!.Value) * 100 / measured.Sum(sample => sample.Weight)),
        };
        var name = container is null ? $"{resource} resource" : $"{resource} container resource";
        return new MetricProposal(
            replicas,
            utilization is null ? name : $"{name} utilization (percentage of request)",
            container is null
                ? new V2MetricStatus { Type = type, Resource = new V2ResourceMetricStatus { Name = resource, Current = now } }
                : new V2MetricStatus { Type = type, ContainerResource = new V2ContainerResourceMetricStatus { Name = resource, Container = container, Current = now } });
    }

    private static MetricProposal OfPods(V2HorizontalPodAutoscaler autoscaler, V2PodsMetricSource source, int current, IReadOnlyList<V1Pod> pods)
    {
        var samples = pods.Select(pod => new PodSample(pod, PodUsage.Annotated(pod.Metadata, source.Metric.Name), 1)).ToList();
        var target = PodUsage.Milli(source.Target.AverageValue);
        if (samples.TrueForAll(sample => sample.Milli is null))
        {
            throw new MetricException($"unable to get metric {source.Metric.Name}: no metrics returned from custom metrics API");
        }

        var replicas = ReplicaCalculator.Replicas(current, samples, target, target, waitForReady: false, Tolerances(autoscaler));
        var measured = samples.Where(sample => sample.Milli is not null).ToList();
        var value = new V2MetricValueStatus { AverageValue = Quantity(measured.Sum(sample => sample.Milli!.Value) / measured.Count) };
        var status = new V2MetricStatus { Type = "Pods", Pods = new V2PodsMetricStatus { Metric = source.Metric, Current = value } };
        return new MetricProposal(replicas, $"pods metric {source.Metric.Name}", status);
    }

    // one number: the annotation stands on the autoscaler itself
    private static MetricProposal Single(
        V2HorizontalPodAutoscaler autoscaler, V2MetricSpec metric, string name, V2MetricTarget target, int current, IReadOnlyList<V1Pod> pods)
    {
        if (PodUsage.Annotated(autoscaler.Metadata, name) is not { } usage)
        {
            throw new MetricException(metric.External is null
                ? $"unable to get metric {name}: no metrics returned from custom metrics API"
                : $"unable to get external metric {autoscaler.Metadata.NamespaceProperty}/{name}/nil: no metrics returned from external metrics API");
        }

        var average = target.AverageValue is not null;
        var replicas = ReplicaCalculator.Replicas(
            current, usage, PodUsage.Milli((target.AverageValue ?? target.Value)!), average, pods.Count(pod => pod.IsReady()), Tolerances(autoscaler));
        var value = average
            ? new V2MetricValueStatus { AverageValue = Quantity(usage / Math.Max(1, current)) }
            : new V2MetricValueStatus { Value = Quantity(usage) };
        return metric.External is { } external
            ? new MetricProposal(replicas, $"external metric {name}(nil)", new V2MetricStatus { Type = "External", External = new V2ExternalMetricStatus { Metric = external.Metric, Current = value } })
            : new MetricProposal(replicas, $"{metric.ObjectProperty.DescribedObject.Kind} metric {name}", new V2MetricStatus
            {
                Type = "Object",
                ObjectProperty = new V2ObjectMetricStatus { Metric = metric.ObjectProperty.Metric, DescribedObject = metric.ObjectProperty.DescribedObject, Current = value },
            });
    }

    private static long Request(V1Pod pod, string resource, string? container)
    {
        var total = 0L;
        foreach (var part in pod.Spec.Containers.Where(part => container is null || part.Name == container))
        {
            if (part.Resources?.Requests is not { } requests || !requests.TryGetValue(resource, out var quantity))
            {
                throw new MetricException($"missing request for {resource} in container {part.Name} of Pod {pod.Metadata.Name}");
            }

            total += PodUsage.Milli(quantity);
        }

        return total;
    }

    private static (double Down, double Up) Tolerances(V2HorizontalPodAutoscaler autoscaler)
        => ((double?)autoscaler.Spec.Behavior?.ScaleDown?.Tolerance?.ToDecimal() ?? ReplicaCalculator.Tolerance,
            (double?)autoscaler.Spec.Behavior?.ScaleUp?.Tolerance?.ToDecimal() ?? ReplicaCalculator.Tolerance);

    private static ResourceQuantity Quantity(long milli) => new(milli % 1000 == 0 ? $"{milli / 1000}" : $"{milli}m");
}
