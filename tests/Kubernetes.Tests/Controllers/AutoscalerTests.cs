using Controllers.Runtime.Client;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Autoscalers over the real API server, made and read by kubectl.</summary>
public sealed class AutoscalerTests(TestCluster cluster)
{
    [Fact]
    public async Task A_deployment_grows_with_what_its_pods_say_they_use()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "web", "blue", replicas: 1).Replace("- name: demo", "- resources: { requests: { cpu: 100m } }\n          name: demo"));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "web", found => found?.Status?.AvailableReplicas == 1);
        (await cluster.KubectlAsync(ns, "autoscale", "deployment", "web", "--min=1", "--max=3", "--cpu=50%")).Should().Contain("autoscaled");
        var blind = await cluster.EventuallyAsync(Resources.HorizontalPodAutoscalers, ns, "web", found => found?.Status?.Conditions?.Any(c => c is { Type: "ScalingActive" }) == true);
        blind.Status.Conditions.Should().ContainSingle(condition => condition.Type == "ScalingActive" && condition.Status == "False" && condition.Reason == "FailedGetResourceMetric"
            && condition.Message.StartsWith("the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu:"));

        (await cluster.KubectlAsync(ns, "annotate", "pods", "-l", "app=web", "metrics.embedded-cluster/cpu=200m")).Should().Contain("annotated");
        var grown = await cluster.EventuallyAsync(Resources.Deployments, ns, "web", found => found?.Spec.Replicas == 3);
        grown.Spec.Replicas.Should().Be(3);
        await cluster.EventuallyAsync(Resources.HorizontalPodAutoscalers, ns, "web", found => found?.Status is { CurrentReplicas: 3 } status
            && status.Conditions.Any(condition => condition is { Type: "ScalingActive", Status: "True", Reason: "ValidMetricFound" }));
        (await cluster.KubectlAsync(ns, "get", "hpa")).Should().MatchRegex(@"NAME +REFERENCE +TARGETS +MINPODS +MAXPODS +REPLICAS +AGE\s+web +Deployment/web +cpu: \d+%/50% +1 +3 +3");
        (await cluster.KubectlAsync(ns, "describe", "hpa", "web")).Should().Contain("SuccessfulRescale").And.Contain("ValidMetricFound");
        (await cluster.KubectlAsync(ns, "get", "horizontalpodautoscalers.v1.autoscaling", "web", "-o", "jsonpath={.apiVersion} {.spec.targetCPUUtilizationPercentage}")).Should().Be("autoscaling/v1 50");
    }
}
