using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Prometheus;

/// <summary>
/// Asks a Prometheus and judges what it answers (metricproviders/prometheus): a scalar is the result itself; of a vector or a range the
/// result is the list of values, which may be empty. Values are recorded as [0.95].
/// </summary>
public sealed class PrometheusProvider : IMetricProvider
{
    public const string ProviderType = "Prometheus";

    /// <summary>Key of the query, its arguments put in, in the metadata of a result.</summary>
    public const string ResolvedPrometheusQuery = "ResolvedPrometheusQuery";

    /// <summary>Environment variable with the address of a Prometheus for metrics that name none.</summary>
    public const string AddressVariable = "ARGO_ROLLOUTS_PROMETHEUS_ADDRESS";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private readonly TimeProvider time;
    private readonly PrometheusClient client;

    /// <exception cref="AnalysisException">No address, no URL, a negative timeout, or OAuth2 lacks a parameter.</exception>
    public PrometheusProvider(Metric metric, IReadOnlyDictionary<string, string> environment, MetricHttp http, TimeProvider time)
    {
        this.time = time;
        var prometheus = metric.Provider.Prometheus!;
        var address = string.IsNullOrEmpty(prometheus.Address) ? environment.GetValueOrDefault(AddressVariable) : prometheus.Address;
        if (string.IsNullOrEmpty(address))
        {
            throw new AnalysisException("prometheus address is not configured");
        }
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw new AnalysisException("prometheus address is not is url format");
        }
        OAuth2ClientCredentials.Validate(prometheus.Authentication?.OAuth2);
        if (prometheus.Timeout < 0)
        {
            throw new AnalysisException("prometheus timeout should not be negative");
        }
        var timeout = prometheus.Timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;
        client = new(uri, prometheus, timeout, http);
    }

    public string Type => ProviderType;

    public IDictionary<string, string> GetMetadata(Metric metric) => string.IsNullOrEmpty(metric.Provider.Prometheus!.Query)
        ? new Dictionary<string, string>()
        : new Dictionary<string, string> { [ResolvedPrometheusQuery] = metric.Provider.Prometheus.Query };

    public async Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel)
    {
        var measurement = MeasurementExtensions.Started(time);
        try
        {
            var answer = await AskAsync(metric.Provider.Prometheus!, cancel);
            var phase = Conditions.Judge(answer.Result, metric, time);
            measurement.Value = answer.Recorded;
            if (answer.Warnings.Count > 0)
            {
                measurement.Metadata = new Dictionary<string, string> { ["warnings"] = string.Join(", ", answer.Warnings.Select(w => $"\"{w}\"")) };
            }
            return measurement.Finished(phase, time);
        }
        catch (Exception e) when (e is AnalysisException or MetricHttpException or ExpressionException)
        {
            return measurement.Failed(e.Message, time);
        }
    }

    private Task<PrometheusAnswer> AskAsync(PrometheusMetric metric, CancellationToken cancel)
    {
        if (metric.RangeQuery is not { } range)
        {
            return client.QueryAsync(metric.Query ?? "", time.GetUtcNow(), cancel);
        }
        var start = Parsed("rangeQuery.start as time", () => Conditions.Time(range.Start ?? "", time));
        var end = Parsed("rangeQuery.end as time", () => Conditions.Time(range.End ?? "", time));
        var step = Parsed("rangeQuery.step as duration", () => Duration.Parse(range.Step ?? ""));
        return client.QueryRangeAsync(metric.Query ?? "", start, end, step, cancel);
    }

    private static T Parsed<T>(string what, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception e) when (e is ExpressionException or GoPanicException)
        {
            throw new AnalysisException($"failed to parse {what}: {e.Message}");
        }
    }
}
