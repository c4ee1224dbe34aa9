using System.Globalization;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Durations in Go's form: <c>1h30m</c>, <c>-1.5s</c>, <c>20ms</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, decimal Ticks)[] Units =
        [("ns", 0.01m), ("us", 10), ("µs", 10), ("ms", 10_000), ("s", 10_000_000), ("m", 600_000_000), ("h", 36_000_000_000)];

    public static TimeSpan Parse(string text)
    {
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        var ticks = 0m;
        if (rest is "0")
        {
            return TimeSpan.Zero;
        }
        var any = false;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                throw Invalid(text);
            }
            rest = rest[digits..];
            var end = rest.IndexOfAny("0123456789.");
            var unit = (end < 0 ? rest : rest[..end]).ToString();
            var found = Units.FirstOrDefault(known => known.Unit == unit);
            if (found.Unit is null)
            {
                throw Invalid(text);
            }
            ticks += number * found.Ticks;
            rest = rest[unit.Length..];
            any = true;
        }
        return any && ticks <= long.MaxValue ? TimeSpan.FromTicks((long)(negative ? -ticks : ticks)) : throw Invalid(text);
    }

    private static CelException Invalid(string text) => new($"time: invalid duration \"{text}\"");
}
