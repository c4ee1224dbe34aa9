using System.Globalization;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Ages as kubectl shows them: two units at most, rounded down (apimachinery util/duration).</summary>
internal static class HumanDuration
{
    public static string Since(string? timestamp, DateTimeOffset now) =>
        DateTimeOffset.TryParse(timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Of(now - time) : "<unknown>";

    public static string Age(JsonObject document, DateTimeOffset now) => Since(document.Text("metadata", "creationTimestamp"), now);

    public static string Of(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < 0)
        {
            return seconds < -1 ? "<invalid>" : "0s";
        }
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        return (seconds, hours, days) switch
        {
            ( < 120, _, _) => $"{seconds}s",
            ( < 600, _, _) => Two(minutes, "m", seconds % 60, "s"),
            (_, < 3, _) => $"{minutes}m",
            (_, < 8, _) => Two(hours, "h", minutes % 60, "m"),
            (_, < 48, _) => $"{hours}h",
            (_, < 192, _) => Two(days, "d", hours % 24, "h"),
            (_, _, < 730) => $"{days}d",
            (_, _, < 2920) => Two(days / 365, "y", days % 365, "d"),
            _ => $"{days / 365}y",
        };
    }

    private static string Two(long major, string majorUnit, long minor, string minorUnit) =>
        minor == 0 ? $"{major}{majorUnit}" : $"{major}{majorUnit}{minor}{minorUnit}";
}
