using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;
using Kubernetes.Controllers.Ownership;

namespace Kubernetes.Tests.Controllers.Ownership;

public sealed class ExpectationsTests
{
    private static readonly V1ObjectMeta Owner = new() { Name = "set", NamespaceProperty = "demo", Uid = "owner" };

    [Fact]
    public void A_cache_that_catches_up_while_it_is_read_does_not_pass_for_settled()
    {
        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = "demo", Uid = "a" } };
        var cache = new CatchingUp(pod);
        var expectations = new Expectations<V1Pod>(cache, TimeProvider.System);
        expectations.Created(Owner.Uid, pod);

        var (objects, settled) = expectations.List(Owner);
        (objects.Count, settled).Should().NotBe((0, true), "who acts on that makes a second pod");

        expectations.List(Owner).Should().BeEquivalentTo((new[] { pod }, true));
    }

    /// <summary>Shows its pod to every question but the first.</summary>
    private sealed class CatchingUp(V1Pod pod) : ILister<V1Pod>
    {
        private bool _asked;

        public V1Pod? Find(NamespacedName name) => Shown().FirstOrDefault(shown => NamespacedName.Of(shown) == name);

        public IReadOnlyList<V1Pod> List(string? @namespace = null) => Shown();

        public IReadOnlyList<V1Pod> ControlledBy(string ownerUid) => Shown();

        private V1Pod[] Shown()
        {
            V1Pod[] shown = _asked ? [pod] : [];
            _asked = true;
            return shown;
        }
    }
}
