using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Providers.Http;

/// <summary>Reads the data of a GraphQL answer (github.com/machinebox/graphql).</summary>
internal static class GraphQlAnswer
{
    /// <exception cref="AnalysisException">graphql: …, with the first error of the answer, or its status when it is no JSON.</exception>
    public static object? Data(MetricResponse response)
    {
        Dictionary<string, object?>? answer;
        try
        {
            answer = GoJsonReader.Read(response.Body) as Dictionary<string, object?>;
        }
        catch (GoPanicException e)
        {
            throw new AnalysisException(response.StatusCode == 200
                ? $"decoding response: {e.Message}"
                : $"graphql: server returned a non-200 status code: {response.StatusCode}");
        }
        if (answer?.GetValueOrDefault("errors") is object?[] { Length: > 0 } errors)
        {
            throw new AnalysisException($"graphql: {(errors[0] as Dictionary<string, object?>)?.GetValueOrDefault("message")}");
        }
        return answer?.GetValueOrDefault("data");
    }
}
