using System.Globalization;
using Controllers.Runtime.Client;
using Fixtures.Recording;
using Fixtures.Traffic;

namespace Fixtures.Tests.Recording;

/// <summary>Weights, shares and steps of a canary, from its watch history and its host's answers.</summary>
public sealed class CanarySeriesTests
{
    private static readonly Seen History = new Seen()
        .At(0, Set("aaa", "blue")).At(0, Rollout(current: "aaa", stable: "aaa", step: 4))
        .At(9, Set("bbb", "green")).At(10, Rollout(current: "bbb", stable: "aaa", step: 0))
        .At(11, Rollout(current: "bbb", stable: "aaa", step: 1))
        .At(20, Rollout(current: "bbb", stable: "aaa", step: 3))
        .At(30, Rollout(current: "bbb", stable: "bbb", step: 4));

    [Fact]
    public void The_weight_follows_the_steps_in_the_colour_of_the_newest_revision() =>
        Build().Weights.Should().ContainSingle().Which.Points.Should().Equal(
            new WeightPoint(Seconds(0), 100, "blue"),
            new WeightPoint(Seconds(10), 20, "green"),
            new WeightPoint(Seconds(20), 60, "green"),
            new WeightPoint(Seconds(30), 100, "green"));

    [Theory]
    [InlineData("""{ "abort": true, "currentStepIndex": 1 }""", 0)]
    [InlineData("""{ "promoteFull": true, "currentStepIndex": 1 }""", 100)]
    [InlineData("""{ "currentStepIndex": 1, "canary": { "weights": { "canary": { "weight": 35 } } } }""", 35)]
    public void An_abort_a_promotion_and_a_traffic_router_have_a_say(string status, int percent)
    {
        var rollout = Rollout(current: "bbb", stable: "aaa", step: 0).Replace("\"status\": {", $"\"status\": {{ {status.Trim('{', '}')},", StringComparison.Ordinal)
            .Replace(", \"currentStepIndex\": 0", "", StringComparison.Ordinal);

        TimeAxisBuilder.Build(new Seen().At(1, rollout).All, [], Seen.Start, Seen.Start.AddSeconds(9)).Weights[0].Points[^1].Percent.Should().Be(percent);
    }

    [Fact]
    public void Blue_green_has_no_weights()
    {
        var rollout = """
            { "kind": "Rollout", "metadata": { "namespace": "x", "name": "handson" },
              "spec": { "strategy": { "blueGreen": {} } }, "status": { "currentPodHash": "a", "stableRS": "a" } }
            """;

        TimeAxisBuilder.Build(new Seen().At(1, rollout).All, [], Seen.Start, Seen.Start.AddSeconds(9)).Weights.Should().BeEmpty();
    }

    [Fact]
    public void Shares_are_counted_between_changes_of_the_weight_and_out_of_all_answers()
    {
        var host = new HostTraffic("app.argocd.example.com");
        for (var second = 10.0; second < 20; second += 0.4)
        {
            host.Timeline.Append(Answer(host, second, second < 12 ? "green" : "blue"));
        }

        host.Counted.Append(new Answer(host.Host, Seen.Start.AddSeconds(19), Seen.Start.AddSeconds(19.1), 503, null, "503 Service Unavailable"));
        host.Timeline.Append(Answer(host, 25, "green"));

        var bins = Build(host).Shares.Should().ContainSingle().Subject.Bins;

        bins.Should().HaveCount(2);
        (bins[0].Colour, bins[0].Hits, bins[0].Answers).Should().Be(("green", 5, 26));
        bins[0].Low.Should().BeInRange(0.01, 5 / 26d);
        bins[0].High.Should().BeInRange(5 / 26d, 0.6);
        (bins[1].Colour, bins[1].Hits, bins[1].Answers).Should().Be(("green", 1, 1));
    }

    [Fact]
    public void Steps_are_told_with_their_number() => Build().Phases.Single(series => series.Name == "Rollout handson: step").Spans
        .Select(span => span.Value).Should().Equal("4/4 done", "1/4 weight 20", "2/4 pause 10.0s", "4/4 pause", "4/4 done");

    [Fact]
    public void A_timed_pause_and_a_scale_down_delay_are_declared_waits()
    {
        var deadline = Seen.Start.AddSeconds(60).ToString("O", CultureInfo.InvariantCulture);
        var seen = new Seen()
            .At(10.5, Rollout("bbb", "aaa", step: 1, pausedSince: Seen.Start.AddSeconds(10)))
            .At(12, Rollout("bbb", "aaa", step: 1, pausedSince: Seen.Start.AddSeconds(10)))
            .At(21, Rollout("bbb", "aaa", step: 3, pausedSince: Seen.Start.AddSeconds(21)))
            .At(30, Set("aaa", "blue", deadline)).At(45, Set("aaa", "blue", deadline), WatchEventKind.Deleted);

        var waits = TimeAxisBuilder.Build(seen.All, [], Seen.Start, Seen.Start.AddSeconds(100)).Waits;

        waits.Should().Equal(
            new DeclaredWait("pause", "pause of 10.0s at step 2", Seconds(10), Seconds(20)),
            new DeclaredWait("scale-down delay", "scale-down delay of handson-aaa", Seconds(30), Seconds(45)));
    }

    [Fact]
    public void A_timed_pause_that_is_cut_short_was_declared_only_until_then()
    {
        var seen = new Seen().At(10, Rollout("bbb", "aaa", step: 1, pausedSince: Seen.Start.AddSeconds(10))).At(14, Rollout("bbb", "aaa", step: 2));

        TimeAxisBuilder.Build(seen.All, [], Seen.Start, Seen.Start.AddSeconds(100)).Waits.Should().ContainSingle().Which.To.Should().Be(Seconds(14));
    }

    private static TimeAxis Build(params HostTraffic[] hosts) => TimeAxisBuilder.Build(History.All, hosts, Seen.Start, Seen.Start.AddSeconds(40));

    private static Answer Answer(HostTraffic host, double second, string colour) =>
        new(host.Host, Seen.Start.AddSeconds(second), Seen.Start.AddSeconds(second + 0.1), 200, colour, null);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static string Set(string hash, string colour, string? deadline = null) => $$"""
        { "kind": "ReplicaSet", "metadata": { "namespace": "x", "name": "handson-{{hash}}", "labels": { "rollouts-pod-template-hash": "{{hash}}" }
            {{(deadline is null ? "" : $", \"annotations\": {{ \"scale-down-deadline\": \"{deadline}\" }}")}} },
          "spec": { "replicas": 10, "template": { "spec": { "containers": [ { "image": "argoproj/rollouts-demo:{{colour}}" } ] } } } }
        """;

    private static string Rollout(string current, string stable, int step, DateTimeOffset? pausedSince = null) => $$"""
        { "kind": "Rollout", "metadata": { "namespace": "x", "name": "handson" },
          "spec": { "strategy": { "canary": { "steps": [ { "setWeight": 20 }, { "pause": { "duration": "10s" } }, { "setWeight": 60 }, { "pause": {} } ] } } },
          "status": { "currentPodHash": "{{current}}", "stableRS": "{{stable}}", "currentStepIndex": {{step}}
            {{(pausedSince is null ? "" : $", \"pauseConditions\": [ {{ \"reason\": \"CanaryPauseStep\", \"startTime\": \"{pausedSince:yyyy-MM-ddTHH:mm:ssZ}\" }} ]")}} } }
        """;
}
