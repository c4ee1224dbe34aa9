using System.Net;
using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Tests.Cluster;

/// <summary>The way of a colour: Deployment, ReplicaSet, pods on real ports, EndpointSlice, ingress.</summary>
public sealed class FromDeploymentToColor(TestCluster cluster)
{
    [Fact]
    public async Task A_deployment_behind_a_service_and_an_ingress_answers_its_colour()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "blue", replicas: 10));
        await cluster.ApplyAsync(Demo.Service(ns, "demo"));
        await cluster.ApplyAsync(Demo.Ingress(ns, "demo", "demo.example.com"));

        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", deployment => deployment?.Status?.AvailableReplicas == 10);
        var slices = await cluster.EventuallyAllAsync(Resources.EndpointSlices, ns, slices => slices.Sum(slice => slice.Endpoints?.Count(e => e.Conditions.Ready == true) ?? 0) == 10);
        slices.Should().ContainSingle();
        var ingress = await cluster.IngressAsync();
        await cluster.EventuallyAsync(Resources.Ingresses, ns, "demo", found => found?.Status?.LoadBalancer?.Ingress?.Count == 1);

        using var http = new HttpClient();
        (await Demo.AskAsync(http, ingress, "demo.example.com")).Should().Be((HttpStatusCode.OK, "\"blue\""));
        (await Demo.AskAsync(http, ingress, "other.example.com")).Should().Be((HttpStatusCode.NotFound, "default backend - 404"));
    }
}
