using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>[index] and [from:to:step] of a list; negative numbers count from its end, and nothing lies beyond its bounds.</summary>
internal static class PathSlices
{
    public static IEnumerable<object?> Take(object value, SliceNode slice)
    {
        if (value is not Array items)
        {
            throw new JsonPathException($"{GoType.NameOfValue(value)} is not array or slice");
        }
        var length = items.Length;
        var from = slice.From.Known ? slice.From.Value : 0;
        from += from < 0 ? length : 0;
        var to = slice.To.Known ? slice.To.Value : length;
        to += to < 0 || (to == 0 && slice.To.Derived) ? length : 0;
        if (from == to)
        {
            return [];
        }
        if (from >= length || from < 0)
        {
            throw new JsonPathException($"array index out of bounds: index {from}, length {length}");
        }
        if (to > length || to < 0)
        {
            throw new JsonPathException($"array index out of bounds: index {to - 1}, length {length}");
        }
        if (from > to)
        {
            throw new JsonPathException($"starting index {from} is greater than ending index {to}");
        }
        if (slice.Step is { Known: true, Value: <= 0 })
        {
            throw new JsonPathException("step must be > 0");
        }
        var step = slice.Step.Known ? slice.Step.Value : 1;
        return items.Cast<object?>().Skip(from).Take(to - from).Where((_, i) => i % step == 0);
    }
}
