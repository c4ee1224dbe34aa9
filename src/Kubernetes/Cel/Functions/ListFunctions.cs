using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Lists: size, Kubernetes' list library, cel-go's lists and sets extensions.</summary>
internal static class ListFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions, Dictionary<string, Func<object?[], object?>> members)
    {
        members["size"] = functions["size"] = values => values[0] switch
        {
            string text => Texts.Length(text),
            byte[] bytes => bytes.LongLength,
            ICelMap map => (long)map.Count,
            IReadOnlyList<object?> list => list.Count,
            _ => throw CelException.NoOverload(),
        };
        members["isSorted"] = values => List(values[0]) is var list && !list.Zip(list.Skip(1)).Any(pair => Equality.Compare(pair.First, pair.Second) > 0);
        members["sum"] = values => List(values[0]) is { Count: > 0 } list ? list.Aggregate((a, b) => Arithmetic.Add(a, b)) : 0L;
        members["min"] = values => Extreme(List(values[0]), "min", -1);
        members["max"] = values => Extreme(List(values[0]), "max", 1);
        members["indexOf"] = values => values[0] is string ? TextIndex(values, last: false) : Index(List(values[0]), values[1], last: false);
        members["lastIndexOf"] = values => values[0] is string ? TextIndex(values, last: true) : Index(List(values[0]), values[1], last: true);
        members["slice"] = values => Slice(List(values[0]), StringFunctions.Number(values[1]), StringFunctions.Number(values[2]));
        members["distinct"] = values => Distinct(List(values[0]));
        members["sort"] = values => List(values[0]).Order(Comparer<object?>.Create((a, b) => Equality.Compare(a, b) ?? 0)).ToList();
        members["flatten"] = values => List(values[0]).SelectMany(item => item as IReadOnlyList<object?> ?? [item]).ToList();
        functions["lists.range"] = values => Enumerable.Range(0, (int)Math.Clamp(StringFunctions.Number(values[0]), 0, 100_000)).Select(object? (i) => (long)i).ToList();
        functions["sets.contains"] = values => ContainsAll(List(values[0]), List(values[1]));
        functions["sets.equivalent"] = values => ContainsAll(List(values[0]), List(values[1])) && ContainsAll(List(values[1]), List(values[0]));
        functions["sets.intersects"] = values => List(values[1]).Any(item => Has(List(values[0]), item));
    }

    private static IReadOnlyList<object?> List(object? value) => value as IReadOnlyList<object?> ?? throw CelException.NoOverload();

    private static bool Has(IReadOnlyList<object?> list, object? wanted) => list.Any(item => Equality.AreEqual(item, wanted));

    private static bool ContainsAll(IReadOnlyList<object?> list, IReadOnlyList<object?> wanted) => wanted.All(item => Has(list, item));

    private static object? Extreme(IReadOnlyList<object?> list, string name, int sign) => list.Count > 0
        ? list.Aggregate((best, item) => Equality.Compare(item, best) * sign > 0 ? item : best)
        : throw new CelException($"{name} called on empty list");

    private static long Index(IReadOnlyList<object?> list, object? wanted, bool last)
    {
        var found = list.Select((item, i) => (item, i)).Where(pair => Equality.AreEqual(pair.item, wanted)).Select(pair => (long?)pair.i);
        return (last ? found.LastOrDefault() : found.FirstOrDefault()) ?? -1;
    }

    private static long TextIndex(object?[] values, bool last)
    {
        var (text, wanted) = (Texts.Of(values[0]), Texts.Of(values[1]));
        if (!last)
        {
            var from = values.Length > 2 ? Texts.At(text, StringFunctions.Number(values[2])) : 0;
            return Texts.Points(text, text.IndexOf(wanted, from, StringComparison.Ordinal));
        }
        var end = values.Length > 2 ? Math.Min(text.Length, Texts.At(text, StringFunctions.Number(values[2])) + wanted.Length) : text.Length;
        return Texts.Points(text, text[..end].LastIndexOf(wanted, StringComparison.Ordinal));
    }

    private static List<object?> Slice(IReadOnlyList<object?> list, long start, long end) => start >= 0 && start <= end && end <= list.Count
        ? [.. list.Skip((int)start).Take((int)(end - start))]
        : throw new CelException($"cannot slice({start}, {end}), list is length {list.Count}");

    private static List<object?> Distinct(IReadOnlyList<object?> list)
    {
        var kept = new List<object?>();
        kept.AddRange(list.Where((item, i) => !Has([.. list.Take(i)], item)));
        return kept;
    }
}
