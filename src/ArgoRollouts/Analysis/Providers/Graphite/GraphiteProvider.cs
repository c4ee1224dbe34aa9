using System.Globalization;
using System.Text.RegularExpressions;
using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Graphite;

/// <summary>Asks a Graphite to render a target; the result is the list of the values of its first series (metricproviders/graphite).</summary>
public sealed partial class GraphiteProvider : IMetricProvider
{
    public const string ProviderType = "Graphite";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly Uri address;
    private readonly MetricHttp http;
    private readonly TimeProvider time;

    /// <exception cref="AnalysisException">The address is no URL.</exception>
    public GraphiteProvider(Metric metric, MetricHttp http, TimeProvider time)
    {
        var text = metric.Provider.Graphite!.Address ?? "";
        address = Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw new AnalysisException($"Graphite address {text} is not a valid URL");
        (this.http, this.time) = (http, time);
    }

    public string Type => ProviderType;

    public async Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel)
    {
        var measurement = MeasurementExtensions.Started(time);
        try
        {
            var points = await PointsAsync(metric.Provider.Graphite!.Query ?? "", cancel);
            var values = points.OfType<double>().ToArray();
            // upstream records the value even when it cannot be judged
            measurement.Value = $"[{string.Join(',', values.Select(value => value.ToString("F6", CultureInfo.InvariantCulture)))}]";
            return measurement.Finished(Conditions.Judge(values, metric, time), time);
        }
        catch (Exception e) when (e is AnalysisException or MetricHttpException or ExpressionException or GoPanicException)
        {
            return measurement.Failed(e.Message, time);
        }
    }

    /// <summary>Values of the first series in their order; null where it has none.</summary>
    private async Task<List<object?>> PointsAsync(string query, CancellationToken cancel)
    {
        // blanks make a query easier to read, and are none of Graphite's
        var url = $"{address.GetLeftPart(UriPartial.Authority)}{address.AbsolutePath.TrimEnd('/')}/render?{Blanks().Replace(query, "")}&format=json";
        var answer = await http.SendAsync(new(HttpMethod.Get, url), checkCertificates: true, Timeout, cancel);
        if (answer.StatusCode >= 400)
        {
            throw new AnalysisException($"error response: {answer.Body}");
        }
        var series = (GoJsonReader.Read(answer.Body) as object?[])?.FirstOrDefault() as Dictionary<string, object?>;
        return series?.GetValueOrDefault("datapoints") is object?[] { Length: > 0 } points
            ? [.. points.Select(Value)]
            : throw new AnalysisException("no values found");
    }

    private static object? Value(object? point) => point is object?[] { Length: 2 } pair
        ? pair[0] switch
        {
            null or double => pair[0],
            string text => GoConversion.ParseFloat(text),
            var other => throw new AnalysisException($"error unmarshaling value: {GoFormat.Value(other)}"),
        }
        : throw new AnalysisException($"error unmarshaling data point: {GoFormat.Value(point)}");

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
