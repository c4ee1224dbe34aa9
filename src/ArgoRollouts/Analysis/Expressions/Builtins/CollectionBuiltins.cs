using ArgoRollouts.Analysis.Expressions.Evaluation;
using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>Functions of lists and maps that take no closure.</summary>
internal static class CollectionBuiltins
{
    public static IEnumerable<Builtin> All =>
    [
        new("len", a => (nint)Access.Length(a[0]))
        {
            Validate = types =>
            {
                Count(types, 1);
                Require(IsAnyOr(types[0], GoKind.Map, GoKind.Slice, GoKind.String), $"invalid argument for len (type {Printed(types[0])})");
                return GoType.Int;
            },
        },
        new("first", a => Quietly(() => Access.Fetch(a[0], (nint)0))) { Validate = types => Element("first", types) },
        new("last", a => Quietly(() => Access.Fetch(a[0], (nint)(-1)))) { Validate = types => Element("last", types) },
        new("get", a => Quietly(() => Access.Fetch(a[0], a[1]))),
        new("take", a => Take(a[0], a[1])) { Validate = ValidateTake },
        new("keys", a => Entries("get keys from", a[0]).Select(e => e.Key).ToArray()) { Validate = types => OneMap("get keys from {0}", types, GoType.AnySlice) },
        new("values", a => Entries("get values from", a[0]).Select(e => e.Value).ToArray())
        {
            Validate = types => OneMap("get values from {0}", types, GoType.AnySlice),
        },
        new("toPairs", a => ToPairs(a[0])) { Validate = types => OneMap("transform {0} to pairs", types, GoType.AnySlice) },
        new("fromPairs", a => FromPairs(a[0]))
        {
            Validate = types =>
            {
                Count(types, 1);
                Require(IsAnyOr(types[0], GoKind.Slice), $"cannot transform {Printed(types[0])} from pairs");
                return GoType.AnyMap;
            },
        },
        new("sort", a => Sorting.Sort(a[0], field: "", a.Length == 2 ? a[1] : "asc")) { Validate = types => Sorting.Validate(types, byField: false) },
        new("sortBy", a => Sorting.Sort(a[0], Sorting.Field(a[1]), a.Length == 3 ? a[2] : "asc")) { Validate = types => Sorting.Validate(types, byField: true) },
    ];

    /// <summary>reflect.Kind as it prints: the kind of a Duration is int64, of nil invalid.</summary>
    public static string KindOf(object? value) => GoType.Of(value) switch
    {
        null => "invalid",
        { Kind: GoKind.Uint8 } => "uint8",
        var type => type.Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>A type printed with %s.</summary>
    public static string Printed(GoType? type) => type?.Name ?? "%!s(<nil>)";

    /// <summary>first, last and get answer nil where an index would fail.</summary>
    private static object? Quietly(Func<object?> fetch)
    {
        try
        {
            return fetch();
        }
        catch (GoPanicException)
        {
            return null;
        }
    }

    private static GoType? Element(string name, IReadOnlyList<GoType?> types)
    {
        Count(types, 1);
        Require(IsAnyOr(types[0], GoKind.Slice), $"cannot get {name} element from {Printed(types[0])}");
        return IsAny(types[0]) ? GoType.Any : types[0]!.Element;
    }

    private static GoType OneMap(string action, IReadOnlyList<GoType?> types, GoType result)
    {
        Count(types, 1);
        Require(IsAnyOr(types[0], GoKind.Map), "cannot " + string.Format(action, Printed(types[0])));
        return result;
    }

    private static GoType? ValidateTake(IReadOnlyList<GoType?> types)
    {
        Count(types, 2);
        Require(IsAnyOr(types[0], GoKind.Slice), $"cannot take from {Printed(types[0])}");
        Require(IsAnyOr(types[1], GoKind.Int, GoKind.Int64), $"cannot take {Printed(types[1])} elements");
        return types[0];
    }

    private static object Take(object? list, object? count)
    {
        Require(list is Array, $"cannot take from {KindOf(list)}");
        Require(count is nint or long, $"cannot take {KindOf(count)} elements");
        var wanted = GoArithmetic.ToInt(count);
        if (wanted > ((Array)list!).Length)
        {
            return list;
        }
        Require(wanted >= 0, "reflect.Value.Slice: slice index out of bounds");
        return Access.Slice(list, (nint)0, wanted);
    }

    private static IEnumerable<KeyValuePair<object?, object?>> Entries(string action, object? map) => map switch
    {
        Dictionary<string, object?> entries => entries.Select(e => new KeyValuePair<object?, object?>(e.Key, e.Value)),
        GoAnyMap entries => entries.Entries,
        _ => throw new GoPanicException($"cannot {action} {KindOf(map)}"),
    };

    private static object?[] ToPairs(object? map)
    {
        Require(map is Dictionary<string, object?> or GoAnyMap, $"cannot transform {KindOf(map)} to pairs");
        return [.. Entries("", map).Select(e => (object?)new object?[] { e.Key, e.Value })];
    }

    private static GoAnyMap FromPairs(object? list)
    {
        Require(list is Array, $"cannot transform {GoFormat.Value(list)} from pairs");
        var map = new GoAnyMap(GoType.AnyMap);
        foreach (var item in (Array)list!)
        {
            Require(item is Array, $"invalid pair {GoFormat.Value(item)}");
            var pair = (Array)item!;
            Require(pair.Length == 2, $"invalid pair length {GoFormat.Value(item)}");
            map.Set(pair.GetValue(0), pair.GetValue(1));
        }
        return map;
    }
}
