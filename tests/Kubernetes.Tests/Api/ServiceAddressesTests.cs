using System.Net;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Api;

namespace Kubernetes.Tests.Api;

/// <summary>Addresses of services lead to pods from everywhere on a machine: two clusters on it must not give out the same.</summary>
public sealed class ServiceAddressesTests
{
    private const int Seed = 7;

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clusters_of_one_seed_give_services_different_addresses_and_node_ports()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();

        var first = await CreateAsync(one, 3);
        var second = await CreateAsync(other, 3);

        first.Concat(second).Select(service => service.Spec.ClusterIP).Should().OnlyHaveUniqueItems();
        first.Concat(second).Select(service => service.Spec.Ports[0].NodePort).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task More_services_than_a_block_has_addresses_get_them_from_another()
    {
        await using var server = await StartAsync();

        var services = await CreateAsync(server, 300);

        services.Select(service => service.Spec.ClusterIP).Should().OnlyHaveUniqueItems();
        services.Select(service => IPAddress.Parse(service.Spec.ClusterIP).GetAddressBytes()[3]).Should().NotContain([0, 255]);
        services.Select(service => IPAddress.Parse(service.Spec.ClusterIP).GetAddressBytes()[2]).Distinct().Should().HaveCount(2);
    }

    private static Task<ApiServer> StartAsync() => ApiServer.StartAsync(new ApiServerOptions { Random = new Random(Seed) }, Stop);

    private static async Task<IReadOnlyList<V1Service>> CreateAsync(ApiServer server, int count)
    {
        using var client = new ApiClient(server.AdminConfiguration, "test");
        return await Task.WhenAll(Enumerable.Range(1, count).Select(number => client.CreateAsync(
            Resources.Services,
            new V1Service
            {
                Metadata = new() { Name = $"service-{number}", NamespaceProperty = "default" },
                Spec = new() { Type = "NodePort", Ports = [new() { Port = 8080 }] },
            },
            Stop)));
    }
}
