using System.Globalization;
using Cronos;

namespace Kubernetes.Schedules;

/// <summary>A CronJob's <c>schedule</c>: five fields, <c>@hourly</c> and its like, or <c>@every</c> with a Go duration.</summary>
internal sealed class CronSchedule
{
    private readonly IReadOnlyList<CronExpression> _expressions;
    private readonly TimeSpan _every;
    private readonly TimeZoneInfo _zone;

    private CronSchedule(IReadOnlyList<CronExpression> expressions, TimeSpan every, TimeZoneInfo zone)
    {
        _expressions = expressions;
        _every = every;
        _zone = zone;
    }

    /// <param name="schedule">As in the CronJob.</param>
    /// <param name="timeZone">An IANA name, or null for UTC.</param>
    /// <exception cref="FormatException">The schedule or the time zone is none.</exception>
    public static CronSchedule Parse(string schedule, string? timeZone)
    {
        var zone = Zone(timeZone);
        if (schedule.StartsWith("@every ", StringComparison.Ordinal))
        {
            return new CronSchedule([], Duration(schedule["@every ".Length..].Trim()), zone);
        }

        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (schedule.StartsWith('@'))
        {
            CronFields.CheckDescriptor(schedule);
            return new CronSchedule([Expression(schedule)], TimeSpan.Zero, zone);
        }

        CronFields.Check(fields);
        // upstream's rule: when both the day of the month and the day of the week are named, either will do
        var days = (fields[2], fields[4]);
        return IsAny(days.Item1) || IsAny(days.Item2)
            ? new CronSchedule([Expression(schedule)], TimeSpan.Zero, zone)
            : new CronSchedule(
                [Expression($"{fields[0]} {fields[1]} {days.Item1} {fields[3]} *"), Expression($"{fields[0]} {fields[1]} * {fields[3]} {days.Item2}")],
                TimeSpan.Zero, zone);
    }

    /// <summary>The first time after the given one (both UTC); null when there is none any more.</summary>
    public DateTime? Next(DateTime after)
    {
        if (_expressions.Count == 0)
        {
            return new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) + _every;
        }

        var utc = DateTime.SpecifyKind(after, DateTimeKind.Utc);
        return _expressions.Select(expression => expression.GetNextOccurrence(utc, _zone)).Where(next => next is not null).Min();
    }

    private static bool IsAny(string field) => field[0] is '*' or '?';

    private static CronExpression Expression(string text)
    {
        try
        {
            return CronExpression.Parse(text);
        }
        catch (CronFormatException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <param name="name">An IANA name, or null for UTC.</param>
    /// <exception cref="FormatException">There is none of that name.</exception>
    public static TimeZoneInfo Zone(string? name)
    {
        try
        {
            return string.IsNullOrEmpty(name) ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new FormatException($"unknown time zone {name}", exception);
        }
    }

    private static TimeSpan Duration(string text)
    {
        var total = TimeSpan.Zero;
        for (var at = 0; at < text.Length;)
        {
            var unit = at;
            while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] == '.'))
            {
                unit++;
            }

            if (unit == text.Length || !double.TryParse(text.AsSpan(at, unit - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                throw new FormatException($"failed to parse duration @every {text}: time: invalid duration \"{text}\"");
            }

            total += text[unit] switch
            {
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                's' => TimeSpan.FromSeconds(number),
                _ => throw new FormatException($"failed to parse duration @every {text}: time: unknown unit in duration \"{text}\""),
            };
            at = unit + 1;
        }

        return TimeSpan.FromSeconds(Math.Max(1, Math.Floor(total.TotalSeconds))); // whole seconds, at least one
    }
}
