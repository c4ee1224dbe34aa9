using System.Globalization;

namespace Controllers.Runtime;

/// <summary>Go's <c>time.ParseDuration</c>: signed decimal numbers with units ns, us, µs, ms, s, m, h, e.g. <c>1h15m30.5s</c>. Finer than 100 ns is cut.</summary>
public static class GoDuration
{
    /// <summary>The duration; <see cref="FormatException"/> with Go's message when the text is none.</summary>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration, out var error) ? duration : throw new FormatException(error);

    /// <param name="text">What to read.</param>
    /// <param name="duration">The duration, zero when there is none.</param>
    /// <param name="error">Go's message, e.g. <c>time: missing unit in duration "10"</c>; empty on success.</param>
    public static bool TryParse(string text, out TimeSpan duration, out string error)
    {
        duration = TimeSpan.Zero;
        error = "";
        var rest = text.AsSpan();
        var negative = rest.StartsWith("-");
        if (negative || rest.StartsWith("+"))
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return true;
        }

        if (rest.IsEmpty)
        {
            return Fail($"time: invalid duration \"{text}\"", out error);
        }

        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            var digits = Span(rest, character => char.IsAsciiDigit(character) || character == '.');
            if (!decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return Fail($"time: invalid duration \"{text}\"", out error);
            }

            rest = rest[digits..];
            var length = Span(rest, character => !char.IsAsciiDigit(character) && character != '.');
            if (length == 0)
            {
                return Fail($"time: missing unit in duration \"{text}\"", out error);
            }

            if (TicksOf(rest[..length]) is not { } unit)
            {
                return Fail($"time: unknown unit \"{rest[..length]}\" in duration \"{text}\"", out error);
            }

            rest = rest[length..];
            if (number > long.MaxValue / 100m / unit || (ticks += number * unit) > long.MaxValue / 100m)
            {
                return Fail($"time: invalid duration \"{text}\"", out error); // beyond Go's int64 nanoseconds
            }
        }

        duration = TimeSpan.FromTicks((long)(negative ? -ticks : ticks));
        return true;
    }

    private static int Span(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }

    private static decimal? TicksOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 0.01m,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => null,
    };

    private static bool Fail(string message, out string error)
    {
        error = message;
        return false;
    }
}
