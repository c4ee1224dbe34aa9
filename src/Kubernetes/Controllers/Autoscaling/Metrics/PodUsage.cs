using System.Text.Json.Nodes;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>
/// Usage of pods: the annotation <c>metrics.embedded-cluster/NAME</c> (a quantity), or, for resources when no pod carries it,
/// the resource metrics API where the cluster serves it.
/// </summary>
internal sealed class PodUsage(ApiClient client)
{
    public const string Prefix = "metrics.embedded-cluster/";

    /// <summary>A quantity's thousandths.</summary>
    public static long Milli(ResourceQuantity quantity) => (long)Math.Ceiling(quantity.ToDecimal() * 1000);

    /// <summary>What an object's annotation says of a metric, in thousandths; null when it says nothing.</summary>
    public static long? Annotated(V1ObjectMeta metadata, string metric)
        => metadata.Annotation(Prefix + metric) is { Length: > 0 } text ? Milli(new ResourceQuantity(text)) : null;

    /// <exception cref="MetricException">Neither annotations nor the metrics API tell.</exception>
    public async Task<Func<V1Pod, long?>> ResourceAsync(string @namespace, string resource, string? container, IReadOnlyList<V1Pod> pods, CancellationToken cancel)
    {
        var annotated = pods.ToDictionary(pod => pod.Metadata.Uid, pod => Annotated(pod.Metadata, resource));
        if (annotated.Values.Any(value => value is not null))
        {
            return pod => annotated.GetValueOrDefault(pod.Metadata.Uid);
        }

        try
        {
            var answer = await client.SendAsync(HttpMethod.Get, $"apis/metrics.k8s.io/v1beta1/namespaces/{Uri.EscapeDataString(@namespace)}/pods", body: null, cancel);
            var usage = (JsonNode.Parse(answer)?["items"] as JsonArray ?? []).ToDictionary(
                item => (string)item!["metadata"]!["name"]!,
                item => (item!["containers"] as JsonArray ?? [])
                    .Where(part => container is null || (string?)part!["name"] == container)
                    .Sum(part => (string?)part!["usage"]?[resource] is { } text ? Milli(new ResourceQuantity(text)) : 0));
            return pod => usage.TryGetValue(pod.Metadata.Name, out var milli) ? milli : null;
        }
        catch (ApiException exception)
        {
            var why = exception.IsNotFound ? "the server could not find the requested resource (get pods.metrics.k8s.io)" : exception.StatusMessage;
            throw new MetricException($"unable to get metrics for resource {resource}: unable to fetch metrics from resource metrics API: {why}");
        }
    }
}
