using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.Providers.Http;

namespace ArgoRollouts.Analysis.Providers.Prometheus;

/// <summary>Reads answers of the query API, and tells of bad ones as client_golang does (api/prometheus/v1/api.go).</summary>
internal static class PrometheusAnswers
{
    /// <exception cref="AnalysisException">bad_data: 1:4: parse error: …; server_error: server error: 503; bad_response: …</exception>
    public static PrometheusAnswer Read(MetricResponse response)
    {
        // 400 and 422 explain themselves
        var explained = response.StatusCode is 400 or 422;
        if (!response.IsSuccess && !explained)
        {
            throw new AnalysisException((response.StatusCode / 100) switch
            {
                4 => $"client_error: client error: {response.StatusCode}",
                5 => $"server_error: server error: {response.StatusCode}",
                _ => $"bad_response: bad response code {response.StatusCode}",
            });
        }
        var answer = Json(response.Body);
        var isError = answer.GetValueOrDefault("status") is "error";
        if (explained != isError)
        {
            throw new AnalysisException("bad_response: inconsistent body for response code");
        }
        return isError
            ? throw new AnalysisException($"{answer.GetValueOrDefault("errorType")}: {answer.GetValueOrDefault("error")}")
            : Value(answer.GetValueOrDefault("data") as Dictionary<string, object?>, Texts(answer.GetValueOrDefault("warnings")));
    }

    private static Dictionary<string, object?> Json(string body)
    {
        var text = body.TrimStart(' ', '\t', '\r', '\n');
        if (!text.StartsWith('{'))
        {
            throw new AnalysisException("bad_response: " + NoObject(body, body.Length - text.Length));
        }
        try
        {
            return (Dictionary<string, object?>)GoJsonReader.Read(body)!;
        }
        catch (GoPanicException e)
        {
            throw new AnalysisException($"bad_response: {e.Message}");
        }
    }

    /// <summary>The complaint of json-iterator, which client_golang reads JSON with: HTML from a wrong address shows up in it.</summary>
    private static string NoObject(string body, int index)
    {
        const int near = 10;
        const int wide = 50;
        var head = Math.Min(index + 1, body.Length);
        var found = index < body.Length ? body[index] : '\0';
        return $"readObjectStart: expect {{ or n, but found {found}, error found in #{Math.Min(head, near)} byte of ...|{Around(near)}|..., bigger context ...|{Around(wide)}|...";

        string Around(int distance) => body[Math.Max(0, head - distance)..Math.Min(body.Length, head + distance)];
    }

    private static PrometheusAnswer Value(Dictionary<string, object?>? data, List<string> warnings)
    {
        var result = data?.GetValueOrDefault("result");
        switch (data?.GetValueOrDefault("resultType"))
        {
            case "scalar":
                var scalar = Sample(result);
                return new(scalar, GoFloat.Plain(scalar), warnings);
            case "vector":
                return List([.. Series(result).Where(s => s.ContainsKey("value")).Select(s => Sample(s["value"]))], warnings);
            case "matrix":
                return List([.. Series(result).SelectMany(s => s.GetValueOrDefault("values") as object?[] ?? []).Select(Sample)], warnings);
            case "string":
                throw new AnalysisException("Prometheus metric type not supported");
            case var other:
                throw new AnalysisException($"unexpected value type {GoQuote.Quote(other as string ?? "<ValNone>")}");
        }
    }

    private static PrometheusAnswer List(double[] values, List<string> warnings) => new(values, $"[{string.Join(',', values.Select(GoFloat.Plain))}]", warnings);

    private static IEnumerable<Dictionary<string, object?>> Series(object? result) => (result as object?[] ?? []).OfType<Dictionary<string, object?>>();

    /// <summary>[time, "value"].</summary>
    private static double Sample(object? pair)
    {
        if (pair is not object?[] { Length: 2 } sample || sample[1] is not string text)
        {
            throw new AnalysisException("bad_response: sample is no pair of time and value");
        }
        try
        {
            return GoConversion.ParseFloat(text);
        }
        catch (GoPanicException e)
        {
            throw new AnalysisException($"bad_response: {e.Message}");
        }
    }

    private static List<string> Texts(object? list) => [.. (list as object?[] ?? []).OfType<string>()];
}
