namespace ArgoRollouts.Analysis.Providers.Http;

/// <summary>An answer.</summary>
public sealed record MetricResponse(int StatusCode, string Body)
{
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}
