namespace ArgoRollouts.Analysis.Go;

/// <summary>The methods of time.Time and time.Duration that an expression may call on the values of now(), date() and duration().</summary>
public static class GoTimeMethods
{
    private static readonly Dictionary<(GoType, string), (GoType Type, Func<object, object?[], object> Invoke)> Methods = new()
    {
        [(GoType.Time, "Unix")] = (GoType.FunctionOf(GoType.Int64), (t, _) => ((DateTimeOffset)t).ToUnixTimeSeconds()),
        [(GoType.Time, "UnixMilli")] = (GoType.FunctionOf(GoType.Int64), (t, _) => ((DateTimeOffset)t).ToUnixTimeMilliseconds()),
        [(GoType.Time, "UnixNano")] = (GoType.FunctionOf(GoType.Int64), (t, _) => (((DateTimeOffset)t).UtcTicks - DateTime.UnixEpoch.Ticks) * 100),
        [(GoType.Time, "Year")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).Year),
        [(GoType.Time, "YearDay")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).DayOfYear),
        [(GoType.Time, "Day")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).Day),
        [(GoType.Time, "Hour")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).Hour),
        [(GoType.Time, "Minute")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).Minute),
        [(GoType.Time, "Second")] = (GoType.FunctionOf(GoType.Int), (t, _) => (nint)((DateTimeOffset)t).Second),
        [(GoType.Time, "UTC")] = (GoType.FunctionOf(GoType.Time), (t, _) => ((DateTimeOffset)t).ToUniversalTime()),
        [(GoType.Time, "IsZero")] = (GoType.FunctionOf(GoType.Bool), (t, _) => ((DateTimeOffset)t).UtcTicks == 0),
        [(GoType.Time, "String")] = (GoType.FunctionOf(GoType.String), (t, _) => GoFormat.Value(t)),
        [(GoType.Time, "Format")] = (GoType.FunctionOf(GoType.String, GoType.String), (t, a) => GoTimeLayout.Parse((string)a[0]!).Format((DateTimeOffset)t)),
        [(GoType.Time, "Before")] = (GoType.FunctionOf(GoType.Bool, GoType.Time), (t, a) => (DateTimeOffset)t < (DateTimeOffset)a[0]!),
        [(GoType.Time, "After")] = (GoType.FunctionOf(GoType.Bool, GoType.Time), (t, a) => (DateTimeOffset)t > (DateTimeOffset)a[0]!),
        [(GoType.Time, "Equal")] = (GoType.FunctionOf(GoType.Bool, GoType.Time), (t, a) => (DateTimeOffset)t == (DateTimeOffset)a[0]!),
        [(GoType.Time, "Add")] = (GoType.FunctionOf(GoType.Time, GoType.Duration), GoArithmeticAdd),
        [(GoType.Time, "Sub")] = (GoType.FunctionOf(GoType.Duration, GoType.Time), (t, a) => GoArithmetic.Subtract(t, a[0])),
        [(GoType.Time, "AddDate")] = (GoType.FunctionOf(GoType.Time, GoType.Int, GoType.Int, GoType.Int), AddDate),
        [(GoType.Time, "Truncate")] = (GoType.FunctionOf(GoType.Time, GoType.Duration), Truncate),
        [(GoType.Duration, "Hours")] = (GoType.FunctionOf(GoType.Float64), (d, _) => ((Duration)d).Nanoseconds / 3.6e12),
        [(GoType.Duration, "Minutes")] = (GoType.FunctionOf(GoType.Float64), (d, _) => ((Duration)d).Nanoseconds / 6e10),
        [(GoType.Duration, "Seconds")] = (GoType.FunctionOf(GoType.Float64), (d, _) => ((Duration)d).Nanoseconds / 1e9),
        [(GoType.Duration, "Milliseconds")] = (GoType.FunctionOf(GoType.Int64), (d, _) => ((Duration)d).Nanoseconds / 1_000_000),
        [(GoType.Duration, "Microseconds")] = (GoType.FunctionOf(GoType.Int64), (d, _) => ((Duration)d).Nanoseconds / 1_000),
        [(GoType.Duration, "Nanoseconds")] = (GoType.FunctionOf(GoType.Int64), (d, _) => ((Duration)d).Nanoseconds),
        [(GoType.Duration, "Abs")] = (GoType.FunctionOf(GoType.Duration), (d, _) => new Duration(Math.Abs(((Duration)d).Nanoseconds))),
        [(GoType.Duration, "String")] = (GoType.FunctionOf(GoType.String), (d, _) => ((Duration)d).ToString()),
    };

    /// <summary>Signature of a method without its receiver; null when the type has none of that name.</summary>
    public static GoType? TypeOf(GoType receiver, string name) => Methods.TryGetValue((receiver, name), out var method) ? method.Type : null;

    /// <summary>The method bound to its receiver; null when there is none of that name.</summary>
    public static GoFunction? Bind(object receiver, string name) =>
        Methods.TryGetValue((GoType.Of(receiver)!, name), out var method) ? new(method.Type, arguments => method.Invoke(receiver, arguments)) : null;

    private static object GoArithmeticAdd(object time, object?[] arguments) => GoArithmetic.Add(time, arguments[0]);

    private static object AddDate(object time, object?[] arguments) => ((DateTimeOffset)time)
        .AddYears((int)(nint)arguments[0]!).AddMonths((int)(nint)arguments[1]!).AddDays((nint)arguments[2]!);

    private static object Truncate(object time, object?[] arguments)
    {
        var (value, ticks) = ((DateTimeOffset)time, ((Duration)arguments[0]!).ToTimeSpan().Ticks);
        return ticks <= 0 ? value : value.AddTicks(-(value.UtcTicks % ticks));
    }
}
