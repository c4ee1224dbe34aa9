using System.Net.Sockets;
using Controllers.Runtime.Client;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Network;

/// <summary>Names and addresses of services, from this process and from outside.</summary>
public sealed class ClusterDnsTests(TestCluster cluster)
{
    [Fact]
    public async Task Every_form_of_a_services_name_leads_to_a_pod_and_its_address_does_too()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Deployment(ns, "demo", "purple", replicas: 2));
        await cluster.ApplyAsync(Demo.Service(ns, "demo").Replace("port: 80,", "port: 8000,"));
        await cluster.EventuallyAsync(Resources.Deployments, ns, "demo", found => found?.Status?.AvailableReplicas == 2);
        await cluster.EventuallyAllAsync(Resources.EndpointSlices, ns, slices => slices.Sum(slice => slice.Endpoints?.Count(e => e.Conditions.Ready == true) ?? 0) == 2);
        var service = await cluster.Client.GetAsync(Resources.Services, ns, "demo", TestContext.Current.CancellationToken);
        using var inside = new HttpClient(cluster.Dns.From(ns).CreateHandler());
        using var outside = new HttpClient();

        foreach (var host in (string[])["demo", $"demo.{ns}", $"demo.{ns}.svc", $"demo.{ns}.svc.cluster.local", service.Spec.ClusterIP])
        {
            (await AskAsync(inside, host)).Should().Be("\"purple\"", $"{host} is the service");
        }

        (await AskAsync(outside, service.Spec.ClusterIP)).Should().Be("\"purple\"", "programs outside reach the service's address");
    }

    [Fact]
    public async Task A_pod_of_a_headless_service_has_a_name_of_its_own()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.StatefulSet(ns, "db", "purple", replicas: 1));
        await cluster.EventuallyAsync(Resources.StatefulSets, ns, "db", set => set?.Status?.AvailableReplicas == 1);
        using var inside = new HttpClient(cluster.Dns.From(ns).CreateHandler());

        foreach (var host in (string[])["db-0.db", $"db-0.db.{ns}.svc", $"db-0.db.{ns}.svc.cluster.local"])
        {
            (await AskAsync(inside, host, 8080)).Should().Be("\"purple\"", $"{host} is the pod");
        }

        FluentActions.Invoking(() => cluster.Dns.Resolve($"db-7.db.{ns}.svc", 80)).Should().Throw<SocketException>();
    }

    [Fact]
    public async Task Names_that_do_not_exist_and_services_without_pods_are_told_apart()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Demo.Service(ns, "empty"));
        await cluster.EventuallyAllAsync(Resources.EndpointSlices, ns, slices => slices.Count == 1);

        FluentActions.Invoking(() => cluster.Dns.Resolve($"nobody.{ns}.svc", 80)).Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.HostNotFound);
        FluentActions.Invoking(() => cluster.Dns.Resolve($"empty.{ns}.svc", 80)).Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.ConnectionRefused);
        cluster.Dns.Resolve("example.com", 80).Should().BeNull("it is none of the cluster's names");
    }

    // the names are known a moment after the API knows them
    private static async Task<string> AskAsync(HttpClient http, string host, int port = 8000)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15), TimeProvider.System);
        while (true)
        {
            try
            {
                return await http.GetStringAsync($"http://{host}:{port}/color", patience.Token);
            }
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
