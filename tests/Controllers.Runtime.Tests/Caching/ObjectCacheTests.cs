using Controllers.Runtime.Caching;
using k8s.Models;

namespace Controllers.Runtime.Tests.Caching;

public sealed class ObjectCacheTests
{
    [Fact]
    public void Objects_are_found_by_name_namespace_and_controller_until_they_change_or_go()
    {
        var cache = new ObjectCache<V1Pod>();
        cache.Set(Pod("a", "x", owner: "1"));
        cache.Set(Pod("b", "x", owner: "2"));
        cache.Set(Pod("a", "y", owner: "1"));

        cache.List("x").Select(p => p.Metadata.Name).Should().BeEquivalentTo("a", "b");
        cache.ControlledBy("1").Should().HaveCount(2);

        cache.Set(Pod("a", "x", owner: "2"));
        cache.ControlledBy("1").Should().ContainSingle();
        cache.ControlledBy("2").Should().HaveCount(2);

        cache.Remove(new NamespacedName("x", "b"))!.Metadata.Name.Should().Be("b");
        cache.List().Should().HaveCount(2);
        cache.Find(new NamespacedName("x", "b")).Should().BeNull();
    }

    private static V1Pod Pod(string name, string @namespace, string owner) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = @namespace,
            OwnerReferences = [new V1OwnerReference { Uid = owner, Controller = true }],
        },
    };
}
