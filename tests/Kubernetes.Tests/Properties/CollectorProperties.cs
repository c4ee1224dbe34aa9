using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Properties;

/// <summary>The garbage collector over random graphs of owners and dependents.</summary>
public sealed class CollectorProperties(TestCluster cluster)
{
    private const int Owners = 5;
    private const int Dependents = 30;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task Nothing_goes_that_still_has_an_owner_and_everything_goes_that_has_none(int seed)
    {
        var random = new Random(seed);
        var space = await cluster.NamespaceAsync();
        var owners = new List<V1ConfigMap>();
        for (var i = 0; i < Owners; i++)
        {
            owners.Add(await CreateAsync(space, $"owner-{i}", []));
        }

        var owned = new Dictionary<string, (string Uid, int[] Owners)>();
        for (var i = 0; i < Dependents; i++)
        {
            var of = Enumerable.Range(0, Owners).Where(_ => random.Next(3) == 0).Append(random.Next(Owners)).Distinct().ToArray();
            var dependent = await CreateAsync(space, $"dependent-{i}", of.Select(owner => owners[owner]));
            owned.Add(dependent.Metadata.Name, (dependent.Metadata.Uid, of));
        }

        var deleted = Enumerable.Range(0, Owners).Where(_ => random.Next(2) == 0).Append(random.Next(Owners)).Distinct().ToArray();
        foreach (var owner in deleted)
        {
            await cluster.Client.DeleteAsync(Resources.ConfigMaps, space, $"owner-{owner}", cancel: TestContext.Current.CancellationToken);
        }

        var staying = owned.Where(entry => entry.Value.Owners.Except(deleted).Any()).ToDictionary(entry => entry.Key, entry => entry.Value.Uid);
        var left = await cluster.EventuallyAllAsync(
            Resources.ConfigMaps, space, maps => maps.Where(map => owned.ContainsKey(map.Metadata.Name)).All(map => staying.ContainsKey(map.Metadata.Name)));

        left.Where(map => owned.ContainsKey(map.Metadata.Name)).Select(map => (map.Metadata.Name, map.Metadata.Uid))
            .Should().BeEquivalentTo(staying.Select(entry => (entry.Key, entry.Value)), "each of them has an owner that lives");
    }

    private Task<V1ConfigMap> CreateAsync(string space, string name, IEnumerable<V1ConfigMap> owners)
        => cluster.Client.CreateAsync(Resources.ConfigMaps, new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = space,
                OwnerReferences = [.. owners.Select(owner => new V1OwnerReference { ApiVersion = "v1", Kind = "ConfigMap", Name = owner.Metadata.Name, Uid = owner.Metadata.Uid })],
            },
        });
}
