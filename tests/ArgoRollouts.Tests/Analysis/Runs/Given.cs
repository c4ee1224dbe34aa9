using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

/// <summary>Short forms of runs, results and measurements; times are seconds before <see cref="Now"/>.</summary>
internal static class Given
{
    public static readonly DateTime Now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static Metric Metric(string name, string? interval = null, int? count = null, int? failureLimit = null, int? inconclusiveLimit = null,
        int? errorLimit = null, int? successLimit = null, string? initialDelay = null) => new()
    {
        Name = name,
        Interval = interval,
        InitialDelay = initialDelay,
        Count = count,
        FailureLimit = failureLimit,
        InconclusiveLimit = inconclusiveLimit,
        ConsecutiveErrorLimit = errorLimit,
        ConsecutiveSuccessLimit = successLimit,
        Provider = new() { Job = new() },
    };

    public static Measurement Measurement(string phase, int? finished = 60, int started = 60, int? resume = null, string? message = null) => new()
    {
        Phase = phase,
        Value = "99",
        Message = message,
        StartedAt = Ago(started),
        FinishedAt = finished is null ? null : Ago(finished.Value),
        ResumeAt = resume is null ? null : Ago(resume.Value),
    };

    public static MetricResult Result(string name, string phase, params Measurement[] measurements) => new() { Name = name, Phase = phase, Measurements = [.. measurements] };

    public static AnalysisRun Run(IEnumerable<Metric> metrics, params MetricResult[] results) => new()
    {
        Spec = new() { Metrics = [.. metrics] },
        Status = new() { Phase = AnalysisPhase.Running, MetricResults = [.. results] },
    };

    public static DateTime Ago(int seconds) => Now.AddSeconds(-seconds);
}
