using System.Diagnostics;
using Fixtures.Recording;
using Fixtures.Running;
using Fixtures.Telemetry;
using Fixtures.Tests.Reporting;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Fixtures.Tests.Telemetry;

/// <summary>What a run becomes as spans and measurements.</summary>
[Collection("telemetry")] // sources and meters of one name are heard by all listeners of the process
public sealed class RunTraceTests
{
    private static readonly RunFolder Folder = new("20260101-120000", "/results/20260101-120000", "/tmp/none");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly List<Activity> _spans = [];

    [Fact]
    public void A_run_is_a_trace_of_scenarios_with_their_steps()
    {
        var spans = Play(SampleRun.Mixed);

        var run = spans.Single(span => span.DisplayName == "run");
        var scenario = spans.Single(span => span.DisplayName == "BG-05");
        scenario.ParentSpanId.Should().Be(run.SpanId);
        spans.Where(span => span.ParentSpanId == scenario.SpanId).Select(span => span.DisplayName)
            .Should().StartWith(SampleRun.Mixed.Scenarios[0].Steps.Select(step => step.Words));
        spans.Count(span => span.ParentSpanId == run.SpanId).Should().Be(3);
    }

    [Fact]
    public void A_scenario_says_what_it_was_where_it_ran_and_where_its_evidence_lies()
    {
        var record = SampleRun.Failed(SampleRun.Deletion) with { Evidence = "BG-06" };
        var span = Play(SampleRun.Run([record])).Single(span => span.DisplayName == "BG-06");

        span.TagObjects.Should().Contain(
        [
            new("conformance.scenario.id", "BG-06"),
            new("conformance.verdict", "failed"),
            new("conformance.target", "embedded"),
            new("conformance.version.argo_rollouts", "v1.9.1"),
            new("conformance.evidence", Path.Combine("/results/20260101-120000", "BG-06")),
        ]);
        span.GetTagItem("conformance.scenario.rows").Should().BeEquivalentTo(new[] { "R11" });
        span.Status.Should().Be(ActivityStatusCode.Error);
        span.StatusDescription.Should().Be(record.Failure);
    }

    [Fact]
    public void Spans_lie_on_the_wall_clock_and_waits_are_spans_too()
    {
        var wait = new DeclaredWait("pause", "pause of 10s at step 5", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        var record = SampleRun.Passed(SampleRun.Promotion);
        var spans = Play(SampleRun.Run([record with { Axis = record.Axis with { Waits = [wait] } }]));

        var scenario = spans.Single(span => span.DisplayName == "BG-05");
        scenario.Duration.Should().Be(record.TookWall);
        var waited = spans.Single(span => span.DisplayName == "wait: pause of 10s at step 5");
        waited.ParentSpanId.Should().Be(scenario.SpanId);
        waited.Duration.Should().Be(TimeSpan.FromSeconds(1), "the cluster's clock runs ten times faster");
        (waited.StartTimeUtc - scenario.StartTimeUtc).Should().Be(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Requests_of_the_suite_do_not_carry_the_trace()
    {
        using var exported = Exported();
        using var trace = new RunTrace(_time);

        trace.Begin(Folder);

        trace.TraceId.Should().NotBeNull();
        Activity.Current.Should().BeNull();
        trace.End(SampleRun.Green);
    }

    [Fact]
    public void Durations_and_verdicts_are_measured()
    {
        var metrics = new List<Metric>();
        using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(TelemetryNames.Source).AddInMemoryExporter(metrics).Build();
        var info = SampleRun.Promotion with { Id = "BG-99" }; // other tests measure at the same time
        using var measured = new RunMetrics();
        measured.On(SampleRun.Mixed.Cluster!);

        measured.End(SampleRun.Passed(info));
        measured.End(SampleRun.Failed(info));
        provider.ForceFlush();

        Points(metrics, TelemetryNames.Scenarios).Select(point => (Tag(point, "conformance.verdict"), point.GetSumLong())).Should().BeEquivalentTo([("passed", 1L), ("failed", 1L)]);
        Points(metrics, TelemetryNames.ScenarioDuration).Sum(point => point.GetHistogramSum()).Should().BeApproximately(2 * SampleRun.Passed(info).TookWall.TotalSeconds, 1e-9);
    }

    /// <summary>Those of the test's own scenario.</summary>
    private static List<MetricPoint> Points(List<Metric> metrics, string name)
    {
        var found = new List<MetricPoint>();
        foreach (ref readonly var point in metrics.Last(metric => metric.Name == name).GetMetricPoints())
        {
            if (Tag(point, "conformance.scenario.id") == "BG-99")
            {
                found.Add(point);
            }
        }

        return found;
    }

    private static string? Tag(MetricPoint point, string name)
    {
        foreach (var tag in point.Tags)
        {
            if (tag.Key == name)
            {
                return tag.Value?.ToString();
            }
        }

        return null;
    }

    private TracerProvider Exported() => Sdk.CreateTracerProviderBuilder().AddSource(TelemetryNames.Source).AddInMemoryExporter(_spans).Build();

    /// <summary>The spans of this run alone: other tests make theirs at the same time.</summary>
    private List<Activity> Play(RunRecord run)
    {
        using var exported = Exported();
        var listener = new TelemetryListener(_time, () => exported.ForceFlush());
        listener.RunStarted(Folder);
        var trace = listener.Trace.TraceId;
        listener.ClusterReady(run.Cluster!);
        foreach (var scenario in run.Scenarios)
        {
            listener.ScenarioStarted(scenario.Info);
            foreach (var step in scenario.Steps)
            {
                listener.StepStarted(scenario.Info, step.Words);
                _time.Advance(step.TookWall);
            }

            listener.ScenarioEnded(scenario);
        }

        listener.RunEnded(run, Folder);
        return [.. _spans.Where(span => span.TraceId == trace)];
    }
}
