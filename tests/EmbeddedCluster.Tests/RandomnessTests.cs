using k8s;
using k8s.Models;
using Kubernetes.Api;

namespace EmbeddedCluster.Tests;

public sealed class RandomnessTests
{
    [Fact]
    public void One_seed_gives_a_part_the_same_numbers_each_time_and_other_parts_other_numbers()
    {
        static int[] Numbers(int? seed, string part)
        {
            var random = new Randomness(seed).For(part);
            return [.. Enumerable.Range(0, 8).Select(_ => random.Next())];
        }

        Numbers(7, "ingress").Should().Equal(Numbers(7, "ingress")).And.NotEqual(Numbers(7, "api")).And.NotEqual(Numbers(8, "ingress"));
        Numbers(null, "ingress").Should().NotEqual(Numbers(null, "ingress"));
    }

    [Fact]
    public void Derived_seeds_do_not_depend_on_the_process() => Randomness.Derive(42, "TEAR-01").Should().Be(931398281);

    [Fact]
    public async Task Clusters_of_one_seed_give_out_the_same_names_and_addresses()
    {
        var one = await FirstGeneratedAsync();
        var other = await FirstGeneratedAsync();

        other.Should().Be(one);
    }

    private static async Task<(string Name, string Address)> FirstGeneratedAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var api = await ApiServer.StartAsync(new ApiServerOptions { Random = new Randomness(7).For("api") }, stop);
        using var client = new k8s.Kubernetes(api.AdminConfiguration);
        var named = await client.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { GenerateName = "settings-" } }, "default", cancellationToken: stop);
        var service = await client.CreateNamespacedServiceAsync(
            new V1Service { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Port = 80 }] } }, "default", cancellationToken: stop);
        return (named.Metadata.Name, service.Spec.ClusterIP);
    }
}
