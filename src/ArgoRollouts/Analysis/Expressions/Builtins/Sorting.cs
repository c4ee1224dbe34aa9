using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>sort and sortBy: lists of one type, of numbers or strings, up ("asc") or down ("desc").</summary>
internal static class Sorting
{
    public static GoType Validate(IReadOnlyList<GoType?> types, bool byField)
    {
        var fixedCount = byField ? 2 : 1;
        Count(types, fixedCount, fixedCount + 1, $"{fixedCount} or {fixedCount + 1}");
        Require(IsAnyOr(types[0], GoKind.Slice), $"cannot sort {CollectionBuiltins.Printed(types[0])}");
        foreach (var type in types.Skip(1))
        {
            // the type named is always that of the second argument
            Require(IsAnyOr(type, GoKind.String), $"invalid argument for sort (expected string, got {CollectionBuiltins.Printed(types[1])})");
        }
        return GoType.AnySlice;
    }

    public static string Field(object? value) => Text(value);

    public static object?[] Sort(object? list, string field, object? direction)
    {
        Require(list is Array, $"cannot sort {CollectionBuiltins.KindOf(list)}");
        var descending = Text(direction) switch
        {
            "desc" => true,
            "asc" => false,
            var other => throw new GoPanicException($"invalid argument for sort (expected \"asc\" or \"desc\", got {GoQuote.Quote(other)})"),
        };
        var items = ((Array)list!).Cast<object?>().Select(item => (Item: item, Key: KeyOf(item, field))).ToList();
        foreach (var (_, key) in items)
        {
            var (one, other) = (GoType.Of(items[0].Key), GoType.Of(key));
            Require(Equals(one, other), $"cannot sort array of different types ({CollectionBuiltins.Printed(other)} and {CollectionBuiltins.Printed(one)})");
        }
        Require(items.Count < 2 || items[0].Key is nint or long or double or string, $"sort: unsupported type {CollectionBuiltins.KindOf(items.FirstOrDefault().Key)}");
        return [.. items.Order(Comparer<(object? Item, object? Key)>.Create((x, y) => Compare(x.Key, y.Key) * (descending ? -1 : 1))).Select(x => x.Item)];
    }

    private static int Compare(object? left, object? right) => GoArithmetic.Order(left, "<", right) ? -1 : GoArithmetic.Order(left, ">", right) ? 1 : 0;

    private static object? KeyOf(object? item, string field) => item switch
    {
        Dictionary<string, object?> map => map.GetValueOrDefault(field),
        GoAnyMap map => map.TryGet(field, out var value) ? value : null,
        _ => item,
    };

    private static string Text(object? value) =>
        value as string ?? throw new GoPanicException($"invalid argument for sort (expected string, got {CollectionBuiltins.Printed(GoType.Of(value))})");
}
