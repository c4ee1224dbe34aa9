using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>Refuses metrics that cannot be measured or judged (ValidateMetrics of utils/analysis/factory.go).</summary>
public static class MetricValidation
{
    /// <exception cref="AnalysisException">The first thing wrong, with the index of its metric.</exception>
    public static void Validate(IReadOnlyList<Metric> metrics)
    {
        if (metrics.Count == 0)
        {
            throw new AnalysisException("no metrics specified");
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, metric) in metrics.Index())
        {
            if (!names.Add(metric.Name))
            {
                throw new AnalysisException($"metrics[{index}]: duplicate name '{metric.Name}'");
            }
            if (Problem(metric) is { } problem)
            {
                throw new AnalysisException($"metrics[{index}]: {problem}");
            }
        }
    }

    /// <summary>What is wrong with one metric; null when nothing is.</summary>
    public static string? Problem(Metric metric) => Limits(metric) ?? Durations(metric) ?? Providers(metric.Provider);

    private static string? Limits(Metric metric)
    {
        var (count, failures, successes, inconclusive) =
            (metric.Count.Number(), metric.FailureLimit.Number(), metric.ConsecutiveSuccessLimit.Number(), metric.InconclusiveLimit.Number());
        return true switch
        {
            _ when successes < 0 => "consecutiveSuccessLimit must be >= 0",
            _ when failures < -1 => "failureLimit must be >= 0, or -1 to be disabled",
            _ when successes == 0 && failures == -1 => "failureLimit and consecutiveSuccessLimit cannot both be disabled",
            _ when inconclusive < 0 => "inconclusiveLimit must be >= 0",
            _ when metric.ConsecutiveErrorLimit is not null && metric.ConsecutiveErrorLimit.Number() < 0 => "consecutiveErrorLimit must be >= 0",
            _ when count > 0 && failures >= 0 && count < failures + successes =>
                $"count ({count}) must be >= failureLimit + consecutiveSuccessLimit ({failures} + {successes}) if both >= 0",
            _ when count > 0 && failures < 0 && count < successes => "count must be >= consecutiveSuccessLimit",
            _ when count > 0 && count < inconclusive => "count must be >= inconclusiveLimit",
            _ when count > 1 && string.IsNullOrEmpty(metric.Interval) => "interval must be specified when count > 1",
            _ => null,
        };
    }

    private static string? Durations(Metric metric) =>
        !string.IsNullOrEmpty(metric.Interval) && !GoDuration.TryParse(metric.Interval, out _, out var interval) ? $"invalid interval string: {interval}"
        // startDelay is what upstream's message calls initialDelay
        : !string.IsNullOrEmpty(metric.InitialDelay) && !GoDuration.TryParse(metric.InitialDelay, out _, out var delay) ? $"invalid startDelay string: {delay}"
        : null;

    private static string? Providers(MetricProvider provider)
    {
        object?[] single =
        [
            provider.Prometheus, provider.Job, provider.Web, provider.Wavefront, provider.Kayenta, provider.Datadog, provider.NewRelic,
            provider.CloudWatch, provider.Graphite, provider.Influxdb, provider.SkyWalking,
        ];
        return (single.Count(p => p is not null) + (provider.Plugin?.Count ?? 0)) switch
        {
            0 => "no provider specified",
            1 => null,
            _ => "multiple providers specified",
        };
    }
}
