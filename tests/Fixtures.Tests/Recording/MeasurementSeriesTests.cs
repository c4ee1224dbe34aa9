using Fixtures.Recording;

namespace Fixtures.Tests.Recording;

/// <summary>Measurements and the waits between them, from an AnalysisRun's watch history.</summary>
public sealed class MeasurementSeriesTests
{
    private static readonly Seen History = new Seen()
        .At(1, Run())
        .At(12, Run(Measurement(11, 12, "Successful", "[0.97]")))
        .At(23, Run(Measurement(22, 23, "Failed", "[0.5]")));

    private static TimeAxis Axis => TimeAxisBuilder.Build(History.All, [], Seen.Start, Seen.Start.AddSeconds(40));

    [Fact]
    public void Every_measurement_is_kept_also_those_that_the_status_has_forgotten()
    {
        var metric = Axis.Metrics.Should().ContainSingle().Subject;

        (metric.Run, metric.Metric, metric.Provider).Should().Be(("handson-1", "success-rate", "prometheus"));
        (metric.Success, metric.Failure).Should().Be(("result[0] > 0.90", ""));
        metric.Points.Should().Equal(
            new MeasurementPoint(Seconds(12), "Successful", "[0.97]", ""), new MeasurementPoint(Seconds(23), "Failed", "[0.5]", ""));
    }

    [Fact]
    public void The_initial_delay_and_the_intervals_are_declared_waits() => Axis.Waits.Should().Equal(
        new DeclaredWait("initial delay", "initialDelay of success-rate", Seconds(1), Seconds(11)),
        new DeclaredWait("interval", "interval of success-rate", Seconds(12), Seconds(20)));

    private static string Run(params string[] measurements) => $$"""
        { "kind": "AnalysisRun", "metadata": { "namespace": "x", "name": "handson-1" },
          "spec": { "metrics": [ { "name": "success-rate", "interval": "8s", "initialDelay": "10s", "successCondition": "result[0] > 0.90", "provider": { "prometheus": { "query": "up" } } } ] },
          "status": { "phase": "Running", "startedAt": "2026-01-01T12:00:01Z", "metricResults": [ { "name": "success-rate", "measurements": [ {{string.Join(',', measurements)}} ] } ] } }
        """;

    private static string Measurement(int began, int ended, string phase, string value) =>
        $$"""{ "startedAt": "2026-01-01T12:00:{{began}}Z", "finishedAt": "2026-01-01T12:00:{{ended}}Z", "phase": "{{phase}}", "value": "{{value}}" }""";

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
