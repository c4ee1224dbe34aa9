namespace ArgoRollouts.Analysis.Go;

/// <summary>
/// The operators of the expression language on values whose types are only known at run time. Integers of any size are computed as int and
/// wrap around, a float64 on either side makes a float64, division always gives a float64.
/// </summary>
public static class GoArithmetic
{
    public static bool IsNumber(object? value) => value is double || IsInteger(value);

    public static bool IsInteger(object? value) => value is nint or long or byte;

    public static object Add(object? left, object? right) => (left, right) switch
    {
        (string one, string other) => one + other,
        (DateTimeOffset time, Duration duration) => time + duration.ToTimeSpan(),
        (Duration duration, DateTimeOffset time) => time + duration.ToTimeSpan(),
        (Duration one, Duration other) => new Duration(one.Nanoseconds + other.Nanoseconds),
        _ => Compute(left, right, "+", (x, y) => x + y, (x, y) => x + y),
    };

    public static object Subtract(object? left, object? right) => (left, right) switch
    {
        (DateTimeOffset one, DateTimeOffset other) => Duration.From(one - other),
        (DateTimeOffset time, Duration duration) => time - duration.ToTimeSpan(),
        (Duration one, Duration other) => new Duration(one.Nanoseconds - other.Nanoseconds),
        _ => Compute(left, right, "-", (x, y) => x - y, (x, y) => x - y),
    };

    public static object Multiply(object? left, object? right) => (left, right) switch
    {
        (Duration duration, double factor) => duration.Nanoseconds * factor,
        (double factor, Duration duration) => duration.Nanoseconds * factor,
        (Duration one, Duration other) => new Duration(one.Nanoseconds * other.Nanoseconds),
        (Duration duration, _) when IsInteger(right) => new Duration(duration.Nanoseconds * ToInt(right)),
        (_, Duration duration) when IsInteger(left) => new Duration(duration.Nanoseconds * ToInt(left)),
        _ => Compute(left, right, "*", (x, y) => x * y, (x, y) => x * y),
    };

    public static object Divide(object? left, object? right) =>
        IsNumber(left) && IsNumber(right) ? ToDouble(left) / ToDouble(right) : throw Invalid(left, "/", right);

    public static object Modulo(object? left, object? right)
    {
        if (!IsInteger(left) || !IsInteger(right))
        {
            throw Invalid(left, "%", right);
        }
        var divisor = ToInt(right);
        return divisor switch
        {
            0 => throw new GoPanicException("runtime error: integer divide by zero"),
            -1 => (object)(nint)0,
            _ => ToInt(left) % divisor,
        };
    }

    public static object Power(object? left, object? right) => Math.Pow(ToDouble(left), ToDouble(right));

    public static object Negate(object? value) => value switch
    {
        // boxed in each arm: otherwise the arms would meet in double
        nint number => (object)-number,
        long number => -number,
        byte number => (byte)-number,
        double number => -number,
        _ => throw new GoPanicException($"invalid operation: - {GoType.NameOfValue(value)}"),
    };

    /// <summary>left &lt;, &lt;=, &gt; or &gt;= right; a comparison with NaN is false.</summary>
    public static bool Order(object? left, string comparison, object? right) => Ordering(left, right, comparison) is { } order && comparison switch
    {
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };

    /// <summary>Negative, zero or positive; null when either is NaN.</summary>
    public static int? Compare(object left, object right)
    {
        if (left is not double && right is not double)
        {
            return ToInt(left).CompareTo(ToInt(right));
        }
        var (one, other) = (ToDouble(left), ToDouble(right));
        return double.IsNaN(one) || double.IsNaN(other) ? null : one.CompareTo(other);
    }

    /// <exception cref="GoPanicException">Not a number.</exception>
    public static double ToDouble(object? value) => value switch
    {
        double number => number,
        nint number => number,
        long number => number,
        byte number => number,
        _ => throw new GoPanicException($"invalid operation: float({GoType.NameOfValue(value)})"),
    };

    /// <exception cref="GoPanicException">Not a number.</exception>
    public static nint ToInt(object? value) => value switch
    {
        nint number => number,
        long number => (nint)number,
        byte number => number,
        double number => (nint)GoConversion.Truncate(number),
        _ => throw new GoPanicException($"invalid operation: int({GoType.NameOfValue(value)})"),
    };

    private static int? Ordering(object? left, object? right, string comparison) => (left, right) switch
    {
        (string one, string other) => GoText.Compare(one, other),
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (Duration one, Duration other) => one.Nanoseconds.CompareTo(other.Nanoseconds),
        _ when IsNumber(left) && IsNumber(right) => Compare(left!, right!),
        _ => throw Invalid(left, comparison, right),
    };

    private static object Compute(object? left, object? right, string operation, Func<nint, nint, nint> integers, Func<double, double, double> floats)
    {
        if (!IsNumber(left) || !IsNumber(right))
        {
            throw Invalid(left, operation, right);
        }
        return left is double || right is double ? (object)floats(ToDouble(left), ToDouble(right)) : integers(ToInt(left), ToInt(right));
    }

    private static GoPanicException Invalid(object? left, string operation, object? right) =>
        new($"invalid operation: {GoType.NameOfValue(left)} {operation} {GoType.NameOfValue(right)}");
}
