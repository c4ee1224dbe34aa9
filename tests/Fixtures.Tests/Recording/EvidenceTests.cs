using Fixtures.Recording;
using Fixtures.Traffic;

namespace Fixtures.Tests.Recording;

public sealed class EvidenceTests
{
    private static readonly Seen History = new Seen()
        .At(1, """{ "kind": "Rollout", "metadata": { "namespace": "bg", "name": "handson" }, "spec": { "replicas": 10 }, "status": { "phase": "Progressing" } }""")
        .At(2, """{ "kind": "Rollout", "metadata": { "namespace": "bg", "name": "handson" }, "spec": { "replicas": 10 }, "status": { "phase": "Paused" } }""")
        .At(3,
            """
            { "kind": "Event", "metadata": { "namespace": "bg", "name": "handson.1" }, "type": "Normal", "reason": "RolloutPaused",
              "involvedObject": { "kind": "Rollout", "name": "handson" }, "message": "Rollout is paused (BlueGreenPause)" }
            """);

    [Fact]
    public void Objects_are_the_last_version_of_each_as_YAML()
    {
        var yaml = Evidence.Objects(History.All);

        yaml.Should().Contain("kind: Rollout").And.Contain("replicas: 10").And.Contain("phase: Paused").And.NotContain("Progressing").And.NotContain("Event");
    }

    [Fact]
    public void Events_read_like_those_of_kubectl() => Evidence.Events(History.All)
        .Should().Be("12:00:03.000  Normal   RolloutPaused                Rollout/handson  Rollout is paused (BlueGreenPause)\n");

    [Fact]
    public void Of_events_the_normal_ones_of_pods_can_be_left_out()
    {
        const string told = "12:00:03.000  Normal   RolloutPaused                Rollout/handson  paused\n12:00:04.000  Warning  BackOff                      Pod/handson-1  no image";

        Evidence.WithoutPods($"12:00:02.000  Normal   Started                      Pod/handson-1  Started container handson\n{told}").Should().Be(told);
    }

    [Fact]
    public void The_history_has_a_line_for_every_change() => Evidence.History(History.All).TrimEnd('\n').Split('\n').Should().HaveCount(3);

    [Fact]
    public void Traffic_has_a_line_for_every_request_failures_included()
    {
        var host = new HostTraffic("app.argocd.example.com");
        host.Timeline.Append(new Answer(host.Host, Seen.Start, Seen.Start.AddSeconds(1), 200, "blue", null));
        host.Timeline.Append(new Answer(host.Host, Seen.Start.AddSeconds(2), Seen.Start.AddSeconds(3), null, null, "Connection \"refused\""));

        Evidence.Traffic([host]).Should().Be(
            "asked,answered,host,status,answer\n"
            + "2026-01-01T12:00:00.0000000+00:00,2026-01-01T12:00:01.0000000+00:00,app.argocd.example.com,200,\"blue\"\n"
            + "2026-01-01T12:00:02.0000000+00:00,2026-01-01T12:00:03.0000000+00:00,app.argocd.example.com,,\"Connection \"\"refused\"\"\"\n");
    }
}
