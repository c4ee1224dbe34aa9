using Kubernetes.Controllers.Deployments;

namespace Kubernetes.Tests.Controllers.Deployments;

public sealed class RollingUpdateTests
{
    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(4, "0", "0", 0, 1)]
    [InlineData(3, "50%", "2", 2, 2)]
    [InlineData(2, "1", "5", 1, 2)]
    public void Bounds_round_the_surge_up_and_the_unavailable_down(int replicas, string surge, string unavailable, int expectedSurge, int expectedUnavailable)
        => RollingBounds.Of(Objects.Deployment(replicas, surge: surge, unavailable: unavailable)).Should().Be(new RollingBounds(expectedSurge, expectedUnavailable));

    [Fact]
    public void A_new_replica_set_starts_with_the_surge()
    {
        var plan = Plan(Objects.Deployment(10), Objects.Set("old", "old", 10));

        plan.CreateWithReplicas.Should().Be(3);
    }

    [Fact]
    public void The_old_set_shrinks_by_what_may_be_unavailable()
    {
        var plan = Plan(Objects.Deployment(10), Objects.Set("old", "old", 10, age: 5), Objects.Set("new", "new", 3, available: 0, desired: 10, max: 13));

        Steps(plan).Should().Equal(("old", 8));
    }

    [Fact]
    public void Pods_that_never_became_available_go_first_without_waiting()
    {
        var plan = Plan(
            Objects.Deployment(10), Objects.Set("broken", "broken", 5, available: 0, age: 3), Objects.Set("old", "old", 8, age: 9),
            Objects.Set("new", "new", 0, desired: 10, max: 13));

        Steps(plan).Should().Equal([("broken", 0)], "eight are available and eight must stay");
    }

    [Fact]
    public void Growing_comes_before_shrinking()
    {
        var plan = Plan(Objects.Deployment(10), Objects.Set("old", "old", 8, age: 5), Objects.Set("new", "new", 3, desired: 10, max: 13));

        Steps(plan).Should().Equal(("new", 5));
    }

    [Fact]
    public void A_change_of_size_in_mid_rollout_is_shared_in_proportion()
    {
        var plan = Plan(
            Objects.Deployment(20, surge: "0", unavailable: "1"),
            Objects.Set("old", "old", 6, age: 5, desired: 10, max: 10), Objects.Set("new", "new", 4, desired: 10, max: 10));

        Steps(plan).Should().BeEquivalentTo([("old", 12), ("new", 8)]);
    }

    [Fact]
    public void Recreate_waits_for_the_last_old_pod()
    {
        var deployment = Objects.Deployment(3, type: "Recreate");

        Steps(Plan(deployment, Objects.Set("old", "old", 3))).Should().Equal(("old", 0));
        DeploymentPlan.For(new Rollout(deployment, [Objects.Set("old", "old", 0)]), oldPodsRunning: true, Objects.Now).CreateWithReplicas.Should().BeNull();
        Plan(deployment, Objects.Set("old", "old", 0)).CreateWithReplicas.Should().Be(3);
    }

    [Fact]
    public void Only_history_beyond_the_limit_is_deleted_oldest_revision_first_when_all_is_done()
    {
        var deployment = Objects.Deployment(1);
        deployment.Spec.RevisionHistoryLimit = 1;

        var plan = Plan(
            deployment, Objects.Set("one", "a", 0, age: 9, revision: 1), Objects.Set("two", "b", 0, age: 8, revision: 2), Objects.Set("new", "new", 1, revision: 3, desired: 1, max: 2));

        plan.Delete.Select(set => set.Metadata.Name).Should().Equal("one");
        plan.Status!.Conditions.Should().Contain(condition => condition.Type == "Progressing" && condition.Reason == "NewReplicaSetAvailable"
            && condition.Message == "ReplicaSet \"new\" has successfully progressed.");
    }

    [Fact]
    public void A_rollout_that_stands_still_past_its_deadline_says_so()
    {
        var deployment = Objects.Deployment(1);
        deployment.Status = Plan(deployment, Objects.Set("new", "new", 1, available: 0, desired: 1, max: 2)).Status;

        var late = DeploymentPlan.For(
            new Rollout(deployment, [Objects.Set("new", "new", 1, available: 0, desired: 1, max: 2)]), oldPodsRunning: false, Objects.Now.AddSeconds(601));

        late.Status!.Conditions.Should().Contain(condition => condition.Type == "Progressing" && condition.Status == "False"
            && condition.Reason == "ProgressDeadlineExceeded" && condition.Message == "ReplicaSet \"new\" has timed out progressing.");
    }

    [Fact]
    public void The_same_template_has_the_same_hash_whatever_its_hash_label_and_another_one_does_not()
    {
        var template = Objects.Deployment(1).Spec.Template;
        var labelled = Objects.Deployment(1).Spec.Template;
        labelled.Metadata.Labels[PodTemplate.HashLabel] = "abc";

        PodTemplate.Hash(labelled, null).Should().Be(PodTemplate.Hash(template, null)).And.MatchRegex("^[bcdfghjklmnpqrstvwxz2456789]{5,10}$");
        PodTemplate.Hash(template, 1).Should().NotBe(PodTemplate.Hash(template, null));
        PodTemplate.EqualsIgnoringHash(labelled, template).Should().BeTrue();
        PodTemplate.EqualsIgnoringHash(Objects.Deployment(1, "other").Spec.Template, template).Should().BeFalse();
    }

    private static DeploymentPlan Plan(k8s.Models.V1Deployment deployment, params k8s.Models.V1ReplicaSet[] sets)
        => DeploymentPlan.For(new Rollout(deployment, sets), oldPodsRunning: false, Objects.Now);

    private static IEnumerable<(string Name, int Replicas)> Steps(DeploymentPlan plan)
        => plan.Scale.Where(step => step.Set.Spec.Replicas != step.Replicas).Select(step => (step.Set.Metadata.Name, step.Replicas));
}
