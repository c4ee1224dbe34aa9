using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Prometheus;

/// <summary>
/// The query API (https://prometheus.io/docs/prometheus/latest/querying/api/) as client_golang asks it: by POST, and by GET of a server
/// that takes no POST.
/// </summary>
internal sealed class PrometheusClient(Uri address, PrometheusMetric metric, TimeSpan timeout, MetricHttp http)
{
    /// <exception cref="AnalysisException">What the server complains of.</exception>
    /// <exception cref="MetricHttpException">The server does not answer.</exception>
    public Task<PrometheusAnswer> QueryAsync(string query, DateTimeOffset at, CancellationToken cancel) =>
        AskAsync("/api/v1/query", [new("query", query), new("time", Seconds(at))], cancel);

    /// <inheritdoc cref="QueryAsync"/>
    public Task<PrometheusAnswer> QueryRangeAsync(string query, DateTimeOffset start, DateTimeOffset end, Duration step, CancellationToken cancel) =>
        AskAsync("/api/v1/query_range",
            [new("query", query), new("start", Seconds(start)), new("end", Seconds(end)), new("step", GoFloat.Plain(step.Nanoseconds / 1e9))], cancel);

    private async Task<PrometheusAnswer> AskAsync(string path, KeyValuePair<string, string>[] parameters, CancellationToken cancel)
    {
        var endpoint = $"{address.GetLeftPart(UriPartial.Authority)}{address.AbsolutePath.TrimEnd('/')}{path}";
        var answer = await SendAsync(new(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(parameters) }, cancel);
        if (answer.StatusCode is 405 or 501)
        {
            var query = await new FormUrlEncodedContent(parameters).ReadAsStringAsync(cancel);
            answer = await SendAsync(new(HttpMethod.Get, $"{endpoint}?{query}"), cancel);
        }
        return PrometheusAnswers.Read(answer);
    }

    private async Task<MetricResponse> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        foreach (var header in metric.Headers ?? [])
        {
            request.Headers.Remove(header.Key);
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
        await OAuth2ClientCredentials.AuthorizeAsync(request, metric.Authentication?.OAuth2, http, !metric.Insecure, timeout, cancel);
        return await http.SendAsync(request, checkCertificates: !metric.Insecure, timeout, cancel);
    }

    private static string Seconds(DateTimeOffset at) => GoFloat.Plain((at.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond);
}
