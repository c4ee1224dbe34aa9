using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.JsonPaths;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Web;

/// <summary>
/// Asks an HTTP server and judges its JSON, or one value in it (metricproviders/webmetric). An answer that is no JSON counts as
/// Successful whatever it says: only its status matters.
/// </summary>
public sealed class WebProvider : IMetricProvider
{
    public const string ProviderType = "Web";
    private const int DefaultTimeoutSeconds = 10;
    private const string WholeDocument = "{$}";
    private readonly MetricHttp http;
    private readonly TimeProvider time;
    private readonly JsonPath path;

    /// <exception cref="AnalysisException">The path does not parse, or OAuth2 lacks a parameter.</exception>
    public WebProvider(Metric metric, MetricHttp http, TimeProvider time)
    {
        (this.http, this.time) = (http, time);
        OAuth2ClientCredentials.Validate(metric.Provider.Web!.Authentication?.OAuth2);
        try
        {
            path = JsonPath.Parse(string.IsNullOrEmpty(metric.Provider.Web.JsonPath) ? WholeDocument : metric.Provider.Web.JsonPath);
        }
        catch (JsonPathException e)
        {
            throw new AnalysisException(e.Message);
        }
    }

    public string Type => ProviderType;

    public async Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel)
    {
        var measurement = MeasurementExtensions.Started(time);
        try
        {
            var answer = await AskAsync(metric.Provider.Web!, cancel);
            (measurement.Value, var phase) = Judge(answer.Body, metric);
            return measurement.Finished(phase, time);
        }
        catch (Exception e) when (e is AnalysisException or MetricHttpException or ExpressionException)
        {
            return measurement.Failed(e.Message, time);
        }
    }

    private async Task<MetricResponse> AskAsync(WebMetric web, CancellationToken cancel)
    {
        var timeout = TimeSpan.FromSeconds(web.TimeoutSeconds <= 0 ? DefaultTimeoutSeconds : web.TimeoutSeconds);
        var request = WebRequests.Create(web);
        await OAuth2ClientCredentials.AuthorizeAsync(request, web.Authentication?.OAuth2, http, !web.Insecure, timeout, cancel);
        var answer = await http.SendAsync(request, checkCertificates: !web.Insecure, timeout, cancel);
        return answer.IsSuccess ? answer : throw new AnalysisException($"received non 2xx response code: {answer.StatusCode}");
    }

    private (string Value, string Phase) Judge(string body, Metric metric)
    {
        object? document;
        try
        {
            document = GoJsonReader.Read(body);
        }
        catch (GoPanicException)
        {
            return (body, AnalysisPhase.Successful);
        }
        var value = First(document);
        return (GoJsonWriter.Write(value), Conditions.Judge(value, metric, time));
    }

    private object? First(object? document)
    {
        try
        {
            foreach (var value in path.Find(document).SelectMany(values => values))
            {
                return value;
            }
        }
        catch (Exception e) when (e is JsonPathException or GoPanicException)
        {
            throw new AnalysisException($"Could not find JSONPath in body: {e.Message}");
        }
        throw new AnalysisException("result of web metric produced no value");
    }
}
