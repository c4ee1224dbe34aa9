using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using EmbeddedCluster.Programs;
using EmbeddedCluster.Tests.Programs;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>Prometheus as a workload of the whole cluster.</summary>
public sealed class PrometheusInClusterTests
{
    private CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_counts_the_requests_that_pass_the_ingress_and_ends_with_the_cluster()
    {
        var program = await ProgramAsync();
        IPAddress address;
        await using (var cluster = await Cluster.StartAsync(new ClusterOptions { Speed = 20 }, Cancel))
        {
            await cluster.AddPrometheusAsync(program, Cancel);
            var slices = await cluster.Client.ListAsync(Resources.EndpointSlices, "prometheus", cancel: Cancel);
            slices.Items.Select(slice => slice.Metadata.Labels["kubernetes.io/service-name"]).Should().BeEquivalentTo("prometheus-server", "kube-prometheus-stack-prometheus");
            address = IPAddress.Parse(slices.Items[0].Endpoints.Single().Addresses.Single());

            // the questions themselves are the requests; the first answers come before the ingress has been found and scraped
            var counted = await AskUntilAsync(cluster, "sum by (ingress, exported_namespace, status) (increase(nginx_ingress_controller_requests{ingress=\"prometheus-server\"}[5m])) > 0");
            counted["metric"]!.ToJsonString().Should().Be("""{"exported_namespace":"prometheus","ingress":"prometheus-server","status":"200"}""");
            var scraped = await AskUntilAsync(cluster, "up{job=\"kubernetes-pods\", namespace=\"prometheus\"} == 1");
            ((string)scraped["metric"]!["pod"]!).Should().StartWith("prometheus-server-");
            var controllers = await AskUntilAsync(cluster, "count(up{namespace=\"argo-rollouts\"} == 1) == 2");
            ((string)controllers["value"]![1]!).Should().Be("2");
        }

        foreach (var port in new[] { 9090, 19090 })
        {
            using var client = new TcpClient();
            await FluentActions.Awaiting(() => client.ConnectAsync(address, port, Cancel).AsTask()).Should().ThrowAsync<SocketException>();
        }
    }

    /// <summary>Prometheus tells nobody when it has scraped: it has to be asked.</summary>
    private async Task<JsonNode> AskUntilAsync(Cluster cluster, string query)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var answer = "none"; ; await Task.Delay(TimeSpan.FromSeconds(2), cluster.Time, Cancel))
        {
            either.Token.IsCancellationRequested.Should().BeFalse($"'{query}' must have a value within 60 s, not {answer}");
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{cluster.Ingress}/api/v1/query?query={Uri.EscapeDataString(query)}");
            request.Headers.Host = "prometheus.example.com";
            using var response = await http.SendAsync(request, Cancel);
            answer = await response.Content.ReadAsStringAsync(Cancel);
            if (response.StatusCode == HttpStatusCode.OK && JsonNode.Parse(answer)!["data"]!["result"]!.AsArray() is [{ } first, ..])
            {
                return first;
            }
        }
    }

    private async Task<FoundProgram> ProgramAsync()
    {
        try
        {
            return await new ProgramFinder().FindAsync(PinnedPrograms.Prometheus, Cancel);
        }
        catch (ProgramMissingException missing) when (!Strict.Required)
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }
}
