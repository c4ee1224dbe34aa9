using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Operators.</summary>
internal static class OperatorFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions)
    {
        functions["_==_"] = values => Equality.AreEqual(values[0], values[1]);
        functions["_!=_"] = values => !Equality.AreEqual(values[0], values[1]);
        functions["_<_"] = values => Equality.Compare(values[0], values[1]) < 0;
        functions["_<=_"] = values => Equality.Compare(values[0], values[1]) <= 0;
        functions["_>_"] = values => Equality.Compare(values[0], values[1]) > 0;
        functions["_>=_"] = values => Equality.Compare(values[0], values[1]) >= 0;
        functions["!_"] = values => values[0] is bool value ? !value : throw CelException.NoOverload();
        functions["-_"] = values => Negate(values[0]);
        functions["_+_"] = values => Arithmetic.Add(values[0], values[1]);
        functions["_-_"] = values => Arithmetic.Subtract(values[0], values[1]);
        functions["_*_"] = values => Arithmetic.Multiply(values[0], values[1]);
        functions["_/_"] = values => Arithmetic.Divide(values[0], values[1]);
        functions["_%_"] = values => Arithmetic.Modulo(values[0], values[1]);
        functions["@in"] = values => In(values[0], values[1]);
        functions["_[_]"] = values => TryIndex(values[0], values[1], out var value) ? value
            : throw (values[0] is ICelMap ? CelException.NoSuchKey(values[1]) : new CelException($"index out of bounds: {values[1]}"));
        functions["_[?_]"] = values => values[0] is CelOptional { HasValue: false } ? CelOptional.None
            : TryIndex(values[0] is CelOptional optional ? optional.Content : values[0], values[1], out var value) ? CelOptional.Of(value) : CelOptional.None;
    }

    private static object Negate(object? value) => value switch
    {
        long.MinValue => throw new CelException("integer overflow"),
        long number => -number,
        double number => -number,
        _ => throw CelException.NoOverload(),
    };

    private static bool In(object? value, object? container) => container switch
    {
        ICelMap map => value is not null && map.TryGet(value, out _),
        IReadOnlyList<object?> list => list.Any(item => Equality.AreEqual(item, value)),
        _ => throw CelException.NoOverload(),
    };

    private static bool TryIndex(object? container, object? index, out object? value)
    {
        value = null;
        if (container is ICelMap map && index is not null)
        {
            return map.TryGet(index, out value);
        }
        if (container is not IReadOnlyList<object?> list || index is not (long or ulong or double))
        {
            throw CelException.NoOverload();
        }
        var at = Convert.ToDouble(index);
        if (at != Math.Floor(at))
        {
            throw new CelException($"unsupported index value: {index}");
        }
        if (at < 0 || at >= list.Count)
        {
            return false;
        }
        value = list[(int)at];
        return true;
    }
}
