using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis;

/// <summary>What a condition may use besides the language itself: result, asInt, asFloat, isNaN, isInf, isNil and default (utils/evaluate/evaluate.go).</summary>
internal static class ConditionFunctions
{
    private static readonly GoFunction IsNaN = new(GoType.FunctionOf(GoType.Bool, GoType.Float64), a => double.IsNaN((double)a[0]!));
    private static readonly GoFunction IsInf = new(GoType.FunctionOf(GoType.Bool, GoType.Float64), a => double.IsInfinity((double)a[0]!));
    private static readonly GoFunction AsInt = new(GoType.FunctionOf(GoType.Int64, GoType.Any), a => ToInt(a[0]));
    private static readonly GoFunction AsFloat = new(GoType.FunctionOf(GoType.Float64, GoType.Any), a => ToFloat(a[0]));

    /// <summary>For expressions of times.</summary>
    public static IReadOnlyDictionary<string, object?> OfTimes { get; } = new Dictionary<string, object?> { ["isNaN"] = IsNaN, ["isInf"] = IsInf };

    /// <summary>isNil and default look at the result whatever argument they are given.</summary>
    public static IReadOnlyDictionary<string, object?> Environment(object? result) => new Dictionary<string, object?>
    {
        ["result"] = result,
        ["asInt"] = AsInt,
        ["asFloat"] = AsFloat,
        ["isNaN"] = IsNaN,
        ["isInf"] = IsInf,
        ["isNil"] = new GoFunction(GoType.FunctionOf(GoType.Bool, GoType.Any), _ => result is null),
        ["default"] = new GoFunction(GoType.FunctionOf(GoType.Any, GoType.Any, GoType.Any), a => result ?? a[1]),
    };

    private static object ToInt(object? value) => value switch
    {
        double number => GoConversion.Truncate(number),
        nint or long or byte => (long)GoArithmetic.ToInt(value),
        string text => GoConversion.ParseInt(text),
        _ => throw NotSupported("asInt", value),
    };

    private static object ToFloat(object? value) => value switch
    {
        double or nint or long or byte => GoArithmetic.ToDouble(value),
        string text => GoConversion.ParseFloat(text),
        _ => throw NotSupported("asFloat", value),
    };

    private static GoPanicException NotSupported(string function, object? value) =>
        new($"{function}() not supported on {GoType.NameOfValue(value)} {GoFormat.Value(value)}");
}
