using System.Globalization;
using System.Text;
using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Models;
using Controllers.Runtime;

namespace ArgoRollouts.Analysis.Providers.SkyWalking;

/// <summary>Asks a SkyWalking by GraphQL, for the interval up to now; the result is its data (metricproviders/skywalking).</summary>
public sealed class SkyWalkingProvider : IMetricProvider
{
    public const string ProviderType = "skywalking";
    private const string Minutes = "yyyy-MM-dd HHmm";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly TimeSpan interval;
    private readonly MetricHttp http;
    private readonly TimeProvider time;

    /// <exception cref="AnalysisException">The interval is no duration.</exception>
    public SkyWalkingProvider(Metric metric, MetricHttp http, TimeProvider time)
    {
        (this.http, this.time) = (http, time);
        if (!GoDuration.TryParse(metric.Provider.SkyWalking!.Interval ?? "", out interval, out var error))
        {
            throw new AnalysisException(error);
        }
    }

    public string Type => ProviderType;

    public async Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel)
    {
        var measurement = MeasurementExtensions.Started(time);
        try
        {
            var data = await QueryAsync(metric.Provider.SkyWalking!, cancel) ?? throw new AnalysisException("no results returned from SkyWalking query");
            var phase = Conditions.Judge(data, metric, time);
            measurement.Value = GoJsonWriter.Write(data);
            return measurement.Finished(phase, time);
        }
        catch (Exception e) when (e is AnalysisException or MetricHttpException or ExpressionException)
        {
            return measurement.Failed(e.Message, time);
        }
    }

    private async Task<object?> QueryAsync(SkyWalkingMetric metric, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var body = GoJsonWriter.Write(new Dictionary<string, object?>
        {
            ["query"] = metric.Query ?? "",
            ["variables"] = new Dictionary<string, object?>
            {
                ["duration"] = new Dictionary<string, object?> { ["start"] = Text(now - interval), ["end"] = Text(now), ["step"] = "MINUTE" },
            },
        });
        var request = new HttpRequestMessage(HttpMethod.Post, $"{metric.Address}/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return GraphQlAnswer.Data(await http.SendAsync(request, checkCertificates: true, Timeout, cancel));
    }

    private static string Text(DateTimeOffset moment) => moment.ToString(Minutes, CultureInfo.InvariantCulture);
}
