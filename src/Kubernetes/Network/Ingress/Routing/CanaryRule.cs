using System.Globalization;
using Controllers.Runtime;
using k8s.Models;

namespace Kubernetes.Network.Ingress.Routing;

/// <summary>Which requests of a path go to a canary: by header, then by cookie, then by weight (ingress-nginx's <c>canary</c> annotations).</summary>
internal sealed record CanaryRule
{
    public const string Annotation = "nginx.ingress.kubernetes.io/canary";

    public string? Header { get; init; }

    /// <summary>Exact value of the header; null: <c>always</c> and <c>never</c>.</summary>
    public string? HeaderValue { get; init; }

    public string? Cookie { get; init; }

    public int Weight { get; init; }

    public int WeightTotal { get; init; } = 100;

    public static bool IsCanary(V1Ingress ingress) => ingress.Metadata.Annotation(Annotation) == "true";

    public static CanaryRule Of(V1Ingress ingress) => new()
    {
        Header = ingress.Metadata.Annotation($"{Annotation}-by-header"),
        HeaderValue = ingress.Metadata.Annotation($"{Annotation}-by-header-value"),
        Cookie = ingress.Metadata.Annotation($"{Annotation}-by-cookie"),
        Weight = Number(ingress, "weight", 0),
        WeightTotal = Number(ingress, "weight-total", 100),
    };

    /// <param name="header">The request's value of a header, or null.</param>
    /// <param name="cookie">The request's value of a cookie, or null.</param>
    /// <param name="draw">A number from 0 to below the given bound, at random.</param>
    public bool Takes(Func<string, string?> header, Func<string, string?> cookie, Func<int, int> draw)
    {
        if (Header is not null && header(Header) is { } value)
        {
            if (HeaderValue is not null)
            {
                if (value == HeaderValue)
                {
                    return true;
                }
            }
            else if (value is "always" or "never")
            {
                return value == "always";
            }
        }

        if (Cookie is not null && cookie(Cookie) is "always" or "never" && cookie(Cookie) is { } wish)
        {
            return wish == "always";
        }

        return Weight > 0 && draw(Math.Max(WeightTotal, 1)) < Weight;
    }

    private static int Number(V1Ingress ingress, string name, int otherwise)
        => int.TryParse(ingress.Metadata.Annotation($"{Annotation}-{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
