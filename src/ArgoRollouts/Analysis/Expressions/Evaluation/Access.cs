using System.Runtime.CompilerServices;
using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Evaluation;

/// <summary>Members, elements, slices and membership of values whose types are known only now (vm/runtime of the language).</summary>
internal static class Access
{
    /// <summary>value[key] and value.key; a key that a map lacks is nil, a negative index counts from the end.</summary>
    public static object? Fetch(object? value, object? key)
    {
        if (value is DateTimeOffset or Duration && key is string method && GoTimeMethods.Bind(value, method) is { } bound)
        {
            return bound;
        }
        return value switch
        {
            Array items => items.GetValue(Index(key, items.Length, "slice")),
            string text => GoText.ByteAt(text, Index(key, GoText.Length(text), "string")),
            Dictionary<string, object?> map => map.GetValueOrDefault(StringKey(key)),
            GoAnyMap map => map.TryGet(key, out var found) ? found : null,
            _ => throw new GoPanicException($"cannot fetch {GoFormat.Value(key)} from {GoType.NameOfValue(value)}"),
        };
    }

    /// <summary>Bounds beyond the ends are moved to them.</summary>
    public static object Slice(object? value, object? from, object? to)
    {
        if (value is not (Array or string))
        {
            throw new GoPanicException($"cannot slice {GoFormat.Value(from)}");
        }
        var length = Length(value);
        nint start = GoArithmetic.ToInt(from), end = GoArithmetic.ToInt(to);
        start = Math.Max(0, start < 0 ? length + start : start);
        end = Math.Min(length, Math.Max(0, end < 0 ? length + end : end));
        start = Math.Min(start, end);
        return value switch
        {
            string text => GoText.Slice(text, (int)start, (int)end),
            double[] items => items[(int)start..(int)end],
            nint[] items => items[(int)start..(int)end],
            string[] items => items[(int)start..(int)end],
            _ => RuntimeHelpers.GetSubArray((object?[])value, (int)start..(int)end),
        };
    }

    public static int Length(object? value) => value switch
    {
        string text => GoText.Length(text),
        Array items => items.Length,
        Dictionary<string, object?> map => map.Count,
        GoAnyMap map => map.Entries.Count,
        _ => throw new GoPanicException($"invalid argument for len (type {GoType.NameOfValue(value)})"),
    };

    public static bool Contains(object? container, object? needle) => container switch
    {
        null => false,
        Array items => items.Cast<object?>().Any(item => GoEquality.AreEqual(item, needle)),
        Dictionary<string, object?> map => map.ContainsKey(StringKey(needle)),
        GoAnyMap map => map.TryGet(needle, out _),
        DateTimeOffset when needle is string => false,
        DateTimeOffset => throw new GoPanicException($"cannot use {GoType.NameOfValue(needle)} as field name of time.Time"),
        _ => throw new GoPanicException($"operator \"in\" not defined on {GoType.NameOfValue(container)}"),
    };

    /// <summary>nil looks up the empty key; anything but a string is refused as reflect refuses it.</summary>
    public static string StringKey(object? key) => key switch
    {
        null => "",
        string text => text,
        _ => throw new GoPanicException($"reflect.Value.MapIndex: value of type {GoType.NameOfValue(key)} is not assignable to type string"),
    };

    /// <summary>The elements that a closure runs over. A string counts as its bytes; a map has a length but no elements.</summary>
    public static IReadOnlyList<object?> Elements(object? collection) => collection switch
    {
        Array items => [.. items.Cast<object?>()],
        string text => [.. System.Text.Encoding.UTF8.GetBytes(text).Cast<object?>()],
        Dictionary<string, object?> { Count: 0 } => [],
        Dictionary<string, object?> or GoAnyMap => throw new GoPanicException("reflect: call of reflect.Value.Index on map Value"),
        null => throw new GoPanicException("reflect: call of reflect.Value.Len on zero Value"),
        _ => throw new GoPanicException($"reflect: call of reflect.Value.Len on {CollectionBuiltins.KindOf(collection)} Value"),
    };

    private static int Index(object? key, int length, string kind)
    {
        var index = GoArithmetic.ToInt(key);
        index = index < 0 ? length + index : index;
        return index >= 0 && index < length ? (int)index : throw new GoPanicException($"reflect: {kind} index out of range");
    }
}
