using Controllers.Runtime.Client;
using Fixtures.Recording;
using Fixtures.Traffic;

namespace Fixtures.Tests.Recording;

public sealed class TimeAxisBuilderTests
{
    [Fact]
    public void Pods_are_the_available_replicas_of_each_ReplicaSet_in_the_colour_of_its_image()
    {
        var seen = new Seen().At(1, Set(0)).At(2, Set(0)).At(3, Set(10)).At(9, Set(10), WatchEventKind.Deleted);

        var pods = TimeAxisBuilder.Build(seen.All, [], Seen.Start, Seen.Start.AddSeconds(10)).Pods.Should().ContainSingle().Subject;

        (pods.Name, pods.Colour).Should().Be(("handson-1", "blue"));
        pods.Points.Should().Equal(new PodPoint(Seconds(1), 0), new PodPoint(Seconds(3), 10), new PodPoint(Seconds(9), 0));
    }

    [Fact]
    public void Phases_last_until_the_next_or_the_end()
    {
        var seen = new Seen().At(1, Rollout("Progressing")).At(4, Rollout("Paused")).At(5, Rollout("Paused"));

        var phases = TimeAxisBuilder.Build(seen.All, [], Seen.Start, Seen.Start.AddSeconds(10)).Phases.Should().ContainSingle().Subject;

        phases.Name.Should().Be("Rollout handson: phase");
        phases.Spans.Should().Equal(new ValueSpan("Progressing", Seconds(1), Seconds(4), 1), new ValueSpan("Paused", Seconds(4), Seconds(10), 2));
    }

    [Fact]
    public void Hosts_are_runs_of_answers()
    {
        var host = new HostTraffic("app.argocd.example.com");
        host.Timeline.Append(new Answer(host.Host, Seen.Start.AddSeconds(1), Seen.Start.AddSeconds(2), 200, "blue", null));
        host.Timeline.Append(new Answer(host.Host, Seen.Start.AddSeconds(3), Seen.Start.AddSeconds(4), 503, null, "503 Service Unavailable"));

        var hosts = TimeAxisBuilder.Build([], [host], Seen.Start, Seen.Start.AddSeconds(10)).Hosts.Should().ContainSingle().Subject;

        hosts.Spans.Should().Equal(
            new ValueSpan("blue", Seconds(1), Seconds(2), 1), new ValueSpan("503 Service Unavailable", Seconds(3), Seconds(4), 1));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static string Set(int available) =>
        """
        { "kind": "ReplicaSet", "metadata": { "namespace": "bg", "name": "handson-1" },
          "spec": { "template": { "spec": { "containers": [ { "image": "argoproj/rollouts-demo:blue" } ] } } },
          "status": { "availableReplicas": AVAILABLE } }
        """.Replace("AVAILABLE", $"{available}");

    private static string Rollout(string phase) =>
        $$"""{ "kind": "Rollout", "metadata": { "namespace": "bg", "name": "handson" }, "status": { "phase": "{{phase}}" } }""";
}
