using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;

namespace ArgoRollouts.Tests.ReplicaSets;

public sealed class ReplicaSetRevisionTests
{
    private static readonly Rollout Rollout = Build.BlueGreen(rollout => rollout.Metadata.Annotations = new Dictionary<string, string>
    {
        ["team"] = "a", ["kubectl.kubernetes.io/last-applied-configuration"] = "{}", [RolloutsKeys.Revision] = "7",
    });

    [Fact]
    public void A_new_set_takes_over_annotations_and_gets_its_number_and_size()
        => ReplicaSetRevision.Annotations(Rollout, null, 3, exists: false).Should().BeEquivalentTo(
            new Dictionary<string, string> { ["team"] = "a", [RolloutsKeys.Revision] = "3", [RolloutsKeys.DesiredReplicas] = "3" });

    [Fact]
    public void A_set_that_serves_again_keeps_its_old_numbers()
    {
        var second = ReplicaSetRevision.Annotations(Rollout, new Dictionary<string, string> { ["team"] = "a", [RolloutsKeys.Revision] = "1" }, 3, exists: true);
        second.Should().Contain(RolloutsKeys.Revision, "3").And.Contain(RolloutsKeys.RevisionHistory, "1");

        ReplicaSetRevision.Annotations(Rollout, second, 5, exists: true).Should().Contain(RolloutsKeys.Revision, "5").And.Contain(RolloutsKeys.RevisionHistory, "1,3");
    }

    [Fact]
    public void A_number_is_never_lowered()
    {
        var current = new Dictionary<string, string> { ["team"] = "a", [RolloutsKeys.Revision] = "9" };

        ReplicaSetRevision.Annotations(Rollout, current, 3, exists: true).Should().BeEquivalentTo(current);
    }

    [Fact]
    public void Only_the_oldest_idle_sets_beyond_the_limit_are_surplus()
    {
        var sets = new[] { Build.Set("a", 0, 0, age: 4), Build.Set("b", 2, 2, age: 3), Build.Set("c", 0, 0, age: 2), Build.Set("d", 0, 0, age: 1) };

        RevisionHistory.Surplus(sets, 1).Select(set => set.PodHash()).Should().Equal("a", "c");
        RevisionHistory.Surplus(sets, 4).Should().BeEmpty();
    }
}
