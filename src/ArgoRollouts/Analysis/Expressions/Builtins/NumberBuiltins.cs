using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>abs, ceil, floor, round, int, float, max, min and the sums over a list.</summary>
internal static class NumberBuiltins
{
    public static IEnumerable<Builtin> All =>
    [
        new("abs", a => Abs(a[0])) { Validate = types => OneNumber("abs", types) },
        // the wording for round is upstream's: it names floor
        new("ceil", a => Rounded("ceil", a[0], Math.Ceiling)) { Validate = types => OneNumber("ceil", types, GoType.Float64) },
        new("floor", a => Rounded("floor", a[0], Math.Floor)) { Validate = types => OneNumber("floor", types, GoType.Float64) },
        new("round", a => Rounded("round", a[0], x => Math.Round(x, MidpointRounding.AwayFromZero)))
        {
            Validate = types => OneNumber("floor", types, GoType.Float64),
        },
        new("int", a => ToInt(a[0])) { Validate = types => OneNumberOrText("int", types, GoType.Int) },
        new("float", a => ToFloat(a[0])) { Validate = types => OneNumberOrText("float", types, GoType.Float64) },
        new("max", a => Extreme(a, "<")) { Validate = types => AllNumbers("max", types) },
        new("min", a => Extreme(a, ">")) { Validate = types => AllNumbers("min", types) },
        new("sum", a => Sum(a[0])) { Validate = types => OneList("sum", types, GoType.Any) },
        new("mean", a => Floats("mean", a[0]) is { Length: > 0 } all ? all.Aggregate(0.0, (sum, x) => sum + x) / all.Length : 0.0)
        {
            Validate = types => OneList("avg", types, GoType.Float64),
        },
        new("median", a => Median(a[0])) { Validate = types => OneList("median", types, GoType.Float64) },
    ];

    private static GoType? OneNumber(string name, IReadOnlyList<GoType?> types, GoType? result = null)
    {
        Count(types, 1);
        Require(IsNumber(types[0]) || IsAny(types[0]), $"invalid argument for {name} (type {CollectionBuiltins.Printed(types[0])})");
        return result ?? types[0];
    }

    private static GoType OneNumberOrText(string name, IReadOnlyList<GoType?> types, GoType result)
    {
        Count(types, 1);
        Require(IsNumber(types[0]) || IsAnyOr(types[0], GoKind.String), $"invalid argument for {name} (type {CollectionBuiltins.Printed(types[0])})");
        return result;
    }

    private static GoType? AllNumbers(string name, IReadOnlyList<GoType?> types)
    {
        Require(types.Count > 0, $"not enough arguments to call {name}");
        foreach (var type in types)
        {
            if (IsAny(type))
            {
                return GoType.Any;
            }
            Require(IsNumber(type), $"invalid argument for {name} (type {CollectionBuiltins.Printed(type)})");
        }
        return types[0];
    }

    private static GoType OneList(string verb, IReadOnlyList<GoType?> types, GoType result)
    {
        Count(types, 1);
        Require(IsAnyOr(types[0], GoKind.Slice), $"cannot {verb} {CollectionBuiltins.Printed(types[0])}");
        return result;
    }

    private static object Abs(object? value) => value switch
    {
        // boxed in each arm: otherwise the arms would meet in double
        nint number => (object)(number < 0 ? -number : number),
        long number => number < 0 ? -number : number,
        byte number => number,
        double number => number < 0 ? -number : number,
        _ => throw new GoPanicException($"invalid argument for abs (type {GoType.NameOfValue(value)})"),
    };

    private static object Rounded(string name, object? value, Func<double, double> round) => value switch
    {
        double number => round(number),
        nint or long or byte => GoArithmetic.ToDouble(value),
        _ => throw new GoPanicException($"invalid argument for {name} (type {GoType.NameOfValue(value)})"),
    };

    private static object ToInt(object? value)
    {
        if (value is not string text)
        {
            return GoArithmetic.ToInt(value);
        }
        try
        {
            return (nint)GoConversion.ParseInt(text);
        }
        catch (GoPanicException)
        {
            throw new GoPanicException($"invalid operation: int({text})");
        }
    }

    private static object ToFloat(object? value)
    {
        if (value is not string text)
        {
            return GoArithmetic.ToDouble(value);
        }
        try
        {
            return GoConversion.ParseFloat(text);
        }
        catch (GoPanicException)
        {
            throw new GoPanicException($"invalid operation: float({text})");
        }
    }

    private static object? Extreme(object?[] values, string replacedWhen)
    {
        object? extreme = null;
        foreach (var value in values)
        {
            if (extreme is null || GoArithmetic.Order(extreme, replacedWhen, value))
            {
                extreme = value;
            }
        }
        return extreme;
    }

    /// <summary>An int as long as all elements are integers, a float64 from the first float on.</summary>
    private static object Sum(object? list)
    {
        object sum = (nint)0;
        foreach (var item in Items("sum", list))
        {
            Require(item is nint or long or double, $"cannot sum {CollectionBuiltins.KindOf(item)}");
            sum = GoArithmetic.Add(sum, item);
        }
        return sum;
    }

    private static object Median(object? list)
    {
        var sorted = Floats("median", list);
        if (sorted.Length == 0)
        {
            return 0.0;
        }
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle];
    }

    private static double[] Floats(string name, object? list) => [.. Items(name, list).Select(item => item is nint or long or double
        ? GoArithmetic.ToDouble(item)
        : throw new GoPanicException($"cannot {name} {CollectionBuiltins.KindOf(item)}"))];

    private static IEnumerable<object?> Items(string name, object? list) =>
        list is Array items ? items.Cast<object?>() : throw new GoPanicException($"cannot {name} {CollectionBuiltins.KindOf(list)}");
}
