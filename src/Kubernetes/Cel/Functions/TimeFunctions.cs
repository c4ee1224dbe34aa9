using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Parts of timestamps, in UTC or a named time zone, and of durations.</summary>
internal static class TimeFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> members)
    {
        members["getFullYear"] = values => (long)Local(values).Year;
        members["getMonth"] = values => (long)Local(values).Month - 1;
        members["getDayOfYear"] = values => (long)Local(values).DayOfYear - 1;
        members["getDayOfMonth"] = values => (long)Local(values).Day - 1;
        members["getDate"] = values => (long)Local(values).Day;
        members["getDayOfWeek"] = values => (long)Local(values).DayOfWeek;
        members["getHours"] = values => values[0] is TimeSpan span ? (long)span.TotalHours : Local(values).Hour;
        members["getMinutes"] = values => values[0] is TimeSpan span ? (long)span.TotalMinutes : Local(values).Minute;
        members["getSeconds"] = values => values[0] is TimeSpan span ? (long)span.TotalSeconds : Local(values).Second;
        members["getMilliseconds"] = values => values[0] is TimeSpan span ? span.Milliseconds : (long)Local(values).Millisecond;
    }

    private static DateTimeOffset Local(object?[] values)
    {
        var time = values[0] is DateTimeOffset moment ? moment.ToUniversalTime() : throw CelException.NoOverload();
        if (values.Length == 1)
        {
            return time;
        }
        var zone = values[1] as string ?? throw CelException.NoOverload();
        if (zone.Length > 0 && (zone[0] is '-' or '+' || char.IsAsciiDigit(zone[0])) && TimeSpan.TryParse(zone.TrimStart('+'), out var offset))
        {
            return time.ToOffset(offset);
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? TimeZoneInfo.ConvertTime(time, found) : throw new CelException($"unknown time zone {zone}");
    }
}
