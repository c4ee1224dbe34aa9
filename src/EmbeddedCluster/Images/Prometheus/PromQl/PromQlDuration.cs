using System.Globalization;
using System.Text.RegularExpressions;

namespace EmbeddedCluster.Images.Prometheus.PromQl;

/// <summary>Durations as Prometheus writes them (<c>prometheus/common/model</c>): <c>1h30m</c>, <c>100ms</c>; a day has 24 hours, a year 365 days.</summary>
internal static partial class PromQlDuration
{
    /// <returns>The duration, or null when the text is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        if (Whole().Match(text) is not { Success: true } match)
        {
            return null;
        }

        double milliseconds = 0;
        for (var part = 0; part < match.Groups["amount"].Captures.Count; part++)
        {
            milliseconds += double.Parse(match.Groups["amount"].Captures[part].Value, CultureInfo.InvariantCulture)
                * Milliseconds(match.Groups["unit"].Captures[part].Value);
        }

        return milliseconds < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }

    /// <summary>In milliseconds, the smallest unit that Prometheus has.</summary>
    public static string Text(TimeSpan duration) => $"{(long)duration.TotalMilliseconds}ms";

    private static double Milliseconds(string unit)
        => unit switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            "w" => 7 * 86_400_000d,
            _ => 365 * 86_400_000d,
        };

    [GeneratedRegex("^(?:(?<amount>[0-9]+)(?<unit>ms|[smhdwy]))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
