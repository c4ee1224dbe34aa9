using System.Globalization;
using Controllers.Runtime;

namespace ArgoCd.Applications;

/// <summary>Reads durations as Argo CD's settings and specs write them: Go's form, e.g. <c>1h30m</c>, or whole seconds.</summary>
internal static class Durations
{
    /// <exception cref="FormatException">In Go's wording.</exception>
    public static TimeSpan Parse(string text)
        => Seconds(text) ?? (GoDuration.TryParse(text, out var duration, out var error) ? duration : throw new FormatException($"error parsing duration: {error}"));

    public static TimeSpan? TryParse(string? text)
        => Seconds(text) ?? (text is not null && GoDuration.TryParse(text, out var duration, out _) ? duration : null);

    private static TimeSpan? Seconds(string? text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
