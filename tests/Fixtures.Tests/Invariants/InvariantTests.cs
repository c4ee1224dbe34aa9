using Fixtures.Invariants;
using FluentAssertions;

namespace Fixtures.Tests.Invariants;

public sealed class InvariantTests
{
    private const string Deadline = "\"argo-rollouts.argoproj.io/scale-down-deadline\":\"2026-05-01T12:00:40Z\"";

    [Fact]
    public void Nothing_is_wrong_with_a_promotion_that_scales_the_old_ReplicaSet_down() =>
        Broken(Healthy().Rollout(5, "Progressing", "blue", "green").ReplicaSet(6, "green", 10, 10).Rollout(10, "Healthy", "green", "green").ReplicaSet(20, "blue", 0, 0))
            .Should().BeEmpty();

    [Fact]
    public void A_superseded_ReplicaSet_that_keeps_its_pods_is_forgotten() =>
        Broken(Healthy().Rollout(2, "Paused", "blue", "green").ReplicaSet(3, "green", 2, 2).Rollout(10, "Paused", "blue", "yellow")).Should().Equal(
            "ReplicaSet 'n/a-green' has 2 replicas, but is neither stable nor current nor inside its delay, from 12:00:10 on");

    [Fact]
    public void Inside_its_delay_an_old_ReplicaSet_may_keep_its_pods_and_after_it_not()
    {
        var history = Healthy().Rollout(10, "Healthy", "green", "green").ReplicaSet(11, "blue", 10, 10, Deadline).ReplicaSet(12, "green", 10, 10);

        Broken(history, end: 41).Should().BeEmpty();
        Broken(history.Rollout(50, "Healthy", "green", "green"), end: 90).Should().ContainSingle().Which.Should().StartWith("ReplicaSet 'n/a-blue' has 10");
    }

    [Fact]
    public void A_deadline_that_cannot_be_read_is_none() =>
        Broken(Healthy().ReplicaSet(2, "green", 10, 10).ReplicaSet(5, "blue", 10, 10, "\"scale-down-deadline\":\"\"").Rollout(10, "Healthy", "green", "green"))
            .Should().ContainSingle().Which.Should().StartWith("ReplicaSet 'n/a-blue'");

    [Theory]
    [InlineData("blue", true)]
    [InlineData("green", false)]
    public void A_selector_must_name_a_ReplicaSet(string hash, bool exists) =>
        Broken(Healthy().Add(5, $$$"""
            {"kind":"Service","metadata":{"name":"s","namespace":"n","annotations":{"argo-rollouts.argoproj.io/managed-by-rollouts":"a"}},
             "spec":{"selector":{"rollouts-pod-template-hash":"{{{hash}}}"} } }
            """)).Any().Should().Be(!exists);

    [Theory]
    [InlineData("Running", false)]
    [InlineData("Successful", true)]
    public void A_run_must_end_with_its_revision(string phase, bool ended) =>
        Broken(Healthy().Add(5, $$$"""
            {"kind":"AnalysisRun","metadata":{"name":"r","namespace":"n","ownerReferences":[{"name":"a","controller":true}]},"status":{"phase":"{{{phase}}}"}}
            """)).Any().Should().Be(!ended);

    [Theory]
    [InlineData("u-1", true)]
    [InlineData("u-2", false)]
    public void A_Job_must_have_its_run(string uid, bool exists) =>
        Broken(Healthy()
            .Add(4, """{"kind":"AnalysisRun","metadata":{"name":"r","namespace":"n","uid":"u-1"},"status":{"phase":"Successful"}}""")
            .Add(5, $$$"""{"kind":"Job","metadata":{"name":"j","namespace":"n","labels":{"analysisrun.argoproj.io/uid":"{{{uid}}}"} } }""")).Any().Should().Be(!exists);

    [Fact]
    public void A_Rollout_that_is_written_all_the_time_is_not_quiet()
    {
        var history = Healthy();
        for (var at = 2d; at < 8; at += 0.1)
        {
            history.Rollout(at, "Healthy", "blue", "blue");
        }

        Broken(history).Should().ContainSingle().Which.Should().Contain("times in 15 s while Healthy");
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void A_canary_keeps_all_but_a_quarter_of_its_pods(int available, bool kept) =>
        Broken(Healthy().Rollout(5, "Progressing", "blue", "green").ReplicaSet(6, "blue", 10, available)).Any().Should().Be(!kept);

    [Fact]
    public void Blue_green_keeps_its_pods_behind_the_active_service()
    {
        var history = new Recorded()
            .ReplicaSet(0, "blue", 10, 10).ReplicaSet(0, "green", 10, 0)
            .Rollout(1, "Healthy", "blue", "blue", "blueGreen", ",\"blueGreen\":{\"activeSelector\":\"blue\"}")
            .Rollout(5, "Progressing", "blue", "green", "blueGreen", ",\"blueGreen\":{\"activeSelector\":\"green\"}");

        Broken(history).Should().Equal("Rollout 'n/a' has 0 available pods where its strategy promises 8, from 12:00:05 on");
    }

    [Fact]
    public void In_a_namespace_that_is_going_nothing_is_promised() =>
        Broken(Healthy()
            .Add(2, """{"kind":"Namespace","metadata":{"name":"n","deletionTimestamp":"2026-05-01T12:00:02Z"}}""")
            .ReplicaSet(3, "blue", 10, 0)).Should().BeEmpty();

    [Fact]
    public void Before_the_first_Healthy_nothing_is_promised() =>
        Broken(new Recorded().ReplicaSet(0, "blue", 10, 0).Rollout(1, "Progressing", "", "blue")).Should().BeEmpty();

    private static Recorded Healthy() => new Recorded().ReplicaSet(0, "blue", 10, 10).Rollout(1, "Healthy", "blue", "blue");

    private static List<string> Broken(Recorded history, double end = 100) =>
    [
        .. Invariant.All(new Tolerance(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5))).SelectMany(invariant => invariant.Check(history.Seen, Recorded.Start.AddSeconds(end))).Select(violation => $"{violation}"),
    ];
}
