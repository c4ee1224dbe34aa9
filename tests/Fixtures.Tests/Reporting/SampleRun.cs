using Fixtures.Clusters;
using Fixtures.Recording;

namespace Fixtures.Tests.Reporting;

/// <summary>A run with one scenario of each verdict.</summary>
internal static class SampleRun
{
    public static readonly ScenarioInfo Promotion = new(
        "BG-05", "BlueGreen", "Promote-Full switches the active host once", ["R10"], "Promotes by the menu of Argo CD.", ["RO-12"]);

    public static readonly ScenarioInfo Deletion = new("BG-06", "BlueGreen", "Deleting leaves <nothing>", ["R11"], "Deletes.", []);

    public static readonly ScenarioInfo Query = new("AP-01", "Analysis", "A query decides", ["R20"], "Asks Prometheus.", []);

    public static readonly ScenarioInfo Absent = new("AJ-01", "Analysis", "A job decides", ["R16"], "Runs a job.", []);

    public static readonly ScenarioInfo Push = new("BG-03", "BlueGreen", "A push changes no pod", ["R7"], "Pushes.", []);

    /// <summary>A chapter as a whole, which ended in the middle.</summary>
    public static ScenarioRecord Chapter { get; } = Record(
        new("BG-00", "BlueGreen", "The whole chapter", ["R5", "R6", "R7"], "Reads on.", []) { Refuses = ["R6"] },
        Verdict.Failed,
        [
            Step("the reader creates the application", 0, 1) with { Rows = ["R5"] },
            Step("the reader presses SYNC", 1, 2) with { Rows = ["R6"] },
            Step("the application is Synced", 3, 60, "Application 'x' did not become Synced within 60 s.") with { Rows = ["R6"] },
        ]) with
    {
        Failure = "Application 'x' did not become Synced within 60 s.",
    };

    public static RunRecord Mixed { get; } = Run([Passed(Promotion), Failed(Deletion), Skipped(Query)]);

    public static RunRecord Green { get; } = Run([Passed(Promotion)]);

    /// <summary>Three repetitions of a scenario, of which the second failed.</summary>
    public static RunRecord Repeated { get; } = Run(
        [Repetition(Passed(Promotion), 1), Repetition(Failed(Promotion), 2), Repetition(Passed(Promotion), 3)]) with { Repeat = 3 };

    public static RunRecord Run(IReadOnlyList<ScenarioRecord> scenarios, string? failure = null) => new(
        "20260101-120000",
        new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero),
        TimeSpan.FromSeconds(7.5),
        new ClusterDescription("embedded", new Dictionary<string, string> { ["Argo Rollouts"] = "v1.9.1", ["Argo CD"] = "v3.5.1" }, 10, TimeSpan.FromSeconds(1.23)),
        failure,
        scenarios,
        [Promotion, Deletion, Query, Absent])
    {
        Seed = 4711,
    };

    public static ScenarioRecord Passed(ScenarioInfo info) => Record(info, Verdict.Passed, [Step("the reader promotes", 0, 10), Step("blue is scaled down", 10, 30)]);

    public static ScenarioRecord Failed(ScenarioInfo info) =>
        Record(info, Verdict.Failed, [Step("the reader deletes", 0, 1), Step("nothing is left", 1, 60, "Namespace 'x' did not become empty within 60 s.\n  expected  0 pods")]) with
        {
            Failure = "Namespace 'x' did not become empty within 60 s.\n  expected  0 pods",
            Evidence = info.Id,
            Excerpts = [new("history", "history.txt", "+1.0s  Application bg-06  deleted")],
        };

    public static ScenarioRecord Skipped(ScenarioInfo info) => Record(info, Verdict.Skipped, []) with { SkipReason = "no Prometheus on this machine" };

    private static ScenarioRecord Repetition(ScenarioRecord record, int number) => record with { Info = record.Info with { Repetition = number } };

    private static StepRecord Step(string words, double after, double took, string? failure = null) => new(
        words, failure is null ? Verdict.Passed : Verdict.Failed, TimeSpan.FromSeconds(after), TimeSpan.FromSeconds(took), TimeSpan.FromSeconds(took / 10), failure);

    private static ScenarioRecord Record(ScenarioInfo info, Verdict verdict, IReadOnlyList<StepRecord> steps) => new(
        info, verdict, default, TimeSpan.FromSeconds(61), TimeSpan.FromSeconds(6.1), steps, null, null, null,
        $"dotnet run --project tests/Conformance -- --filter {info.Id}", verdict == Verdict.Skipped ? TimeAxis.Empty : Axis);

    private static TimeAxis Axis => new(
        [
            new("handson-6c54544bf9", "blue", [Point(0, 0), Point(2, 4), Point(3, 10), Point(50, 0)]),
            new("handson-7d9f5c8b6d", "green", [Point(8, 0), Point(10, 6), Point(11, 10)]),
        ],
        [
            new("app.argocd.example.com", [Span("503 Service Temporarily Unavailable", 0, 3), Span("blue", 3, 20), Span("green", 20, 61)]),
            new("app-preview.argocd.example.com", [Span("blue", 3, 11), Span("green", 11, 61)]),
        ],
        [new("Rollout handson: step", [Span("1/2 weight 20", 8, 9), Span("2/2 pause", 9, 20)]), new("Rollout handson: phase", [Span("Progressing", 0, 3), Span("Healthy", 3, 8), Span("Paused", 9, 20), Span("Healthy", 20, 61)])])
    {
        Weights = [new("handson", [new(TimeSpan.Zero, 100, "blue"), new(Seconds(8), 20, "green"), new(Seconds(20), 100, "green")])],
        Shares = [new("app.argocd.example.com", [new(Seconds(8), Seconds(20), "green", 47, 240, 0.129, 0.286)])],
        Metrics =
        [
            new("handson-7d9f5c8b6d-2", "success-rate", "prometheus", "result[0] > 0.90", "",
                [new(Seconds(12), "Successful", "[0.97]", ""), new(Seconds(17), "Failed", "[0.42]", "too <many> errors")]),
            new("handson-7d9f5c8b6d-2", "job", "job", "", "", [new(Seconds(15), "Error", "", "no such image")]),
        ],
        Waits = [new("pause", "pause of 10.0s at step 2", Seconds(9), Seconds(19)), new("interval", "interval of success-rate", Seconds(12), Seconds(17))],
    };

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static PodPoint Point(double after, int available) => new(TimeSpan.FromSeconds(after), available);

    private static ValueSpan Span(string value, double from, double to) => new(value, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), 7);
}
