using System.Globalization;
using EmbeddedCluster.Images.Prometheus.PromQl;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// The parameters of Prometheus' HTTP API that speak of time (prometheus.io, HTTP API): queries, moments as Unix seconds or RFC 3339,
/// steps as seconds or durations. What cannot be read is passed on, so that Prometheus refuses it in its own words.
/// </summary>
internal static class ApiParameters
{
    /// <summary>The same parameters about samples that carry real timestamps.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> InRealTime(IEnumerable<KeyValuePair<string, string>> parameters, TimeScale scale)
        => [.. parameters.Select(parameter => KeyValuePair.Create(parameter.Key, InRealTime(parameter.Key, parameter.Value, scale)))];

    /// <summary>The moment that an instant query asks about, or null when it is now.</summary>
    public static double? Moment(IEnumerable<KeyValuePair<string, string>> parameters)
        => parameters.FirstOrDefault(parameter => parameter.Key == "time").Value is { } time ? ParseMoment(time) : null;

    private static string InRealTime(string name, string value, TimeScale scale)
        => name switch
        {
            "query" => RealTimeQuery.From(value, scale),
            "time" or "start" or "end" when ParseMoment(value) is { } moment => $"{scale.ToReal(moment):F3}",
            "step" when ParseStep(value) is { } step => $"{scale.ToReal(step).TotalSeconds:F3}",
            _ => value,
        };

    private static double? ParseMoment(string text)
    {
        if (PromQlNumber.Parse(text) is { } seconds)
        {
            return seconds;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeMilliseconds() / 1000.0
            : null;
    }

    private static TimeSpan? ParseStep(string text)
        => PromQlDuration.Parse(text) ?? (PromQlNumber.Parse(text) is > 0 and < 1e10 and var seconds ? TimeSpan.FromSeconds(seconds) : null);
}
