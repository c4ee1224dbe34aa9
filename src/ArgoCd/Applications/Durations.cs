using System.Globalization;
using System.Text.RegularExpressions;

namespace ArgoCd.Applications;

/// <summary>Reads durations as Argo CD's settings and specs write them: <c>3m</c>, <c>1h30m</c>, <c>500ms</c>, or whole seconds.</summary>
internal static partial class Durations
{
    /// <exception cref="FormatException">In Go's wording.</exception>
    public static TimeSpan Parse(string text)
        => TryParse(text) ?? throw new FormatException($"error parsing duration: time: invalid duration \"{text}\"");

    public static TimeSpan? TryParse(string? text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        var match = GoDuration().Match(text ?? "");
        if (!match.Success || match.Length == 0)
        {
            return null;
        }

        var total = TimeSpan.Zero;
        foreach (var (number, unit) in match.Groups[1].Captures.Zip(match.Groups[2].Captures))
        {
            var value = double.Parse(number.Value, CultureInfo.InvariantCulture);
            total += unit.Value switch
            {
                "h" => TimeSpan.FromHours(value),
                "m" => TimeSpan.FromMinutes(value),
                "s" => TimeSpan.FromSeconds(value),
                "ms" => TimeSpan.FromMilliseconds(value),
                "us" or "µs" => TimeSpan.FromMicroseconds(value),
                _ => TimeSpan.FromMicroseconds(value / 1000),
            };
        }

        return total;
    }

    [GeneratedRegex(@"^(?:([0-9]+(?:\.[0-9]*)?)(h|ms|m|s|us|µs|ns))+$")]
    private static partial Regex GoDuration();
}
