using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>
/// The JSONPath dialect of kubectl and of web metrics: {$.items[0].name}, {.items[*]}, {..name}, {.items[?(@.a=="b")].c}
/// (client-go's util/jsonpath; https://kubernetes.io/docs/reference/kubectl/jsonpath/). Data are values as <see cref="GoType"/> lists them.
/// </summary>
public sealed class JsonPath
{
    private readonly List<PathNode> nodes;
    private int rangesBegun;
    private int rangesEnded;
    private int depth;
    private int lastEnd;

    private JsonPath(List<PathNode> nodes) => this.nodes = nodes;

    /// <exception cref="JsonPathException">The template is none.</exception>
    public static JsonPath Parse(string template) => new(PathParser.Parse(template).Nodes);

    /// <summary>The values found by each pair of braces, and each text between them.</summary>
    /// <exception cref="JsonPathException">A key or index is not there, or cannot be.</exception>
    public IReadOnlyList<IReadOnlyList<object?>> Find(object? data)
    {
        (rangesBegun, rangesEnded, depth, lastEnd) = (0, 0, 0, 0);
        return Find(data, 0);
    }

    private List<IReadOnlyList<object?>> Find(object? data, int from)
    {
        var all = new List<IReadOnlyList<object?>>();
        for (var i = from; i < nodes.Count; i++)
        {
            var found = Walk([data], nodes[i]);
            if (rangesEnded > 0 && rangesEnded <= depth)
            {
                rangesEnded--;
                lastEnd = i;
                break;
            }
            if (rangesBegun > 0)
            {
                rangesBegun--;
                depth++;
                foreach (var item in found)
                {
                    all.AddRange(Find(item, i + 1));
                }
                if (found.Count == 0)
                {
                    Find(null, i + 1); // to learn where the range ends
                }
                depth--;
                i = Math.Max(i, lastEnd);
                continue;
            }
            all.Add(found);
        }
        return all;
    }

    private List<object?> Walk(List<object?> values, PathNode node) => node switch
    {
        ListNode list => list.Nodes.Aggregate(values, Walk),
        TextNode text => [text.Text],
        LiteralNode literal => [.. values.Select(_ => literal.Value)],
        FieldNode field => Field(values, field.Name),
        SliceNode slice => [.. values.Where(value => value is not null).SelectMany(value => PathSlices.Take(value!, slice))],
        FilterNode filter => [.. values.SelectMany(value => Filter(value, filter))],
        WildcardNode => [.. values.SelectMany(Children)],
        RecursiveNode => Recursive(values),
        UnionNode union => [.. union.Branches.SelectMany(branch => Walk(values, branch))],
        IdentifierNode identifier => Identifier(values, identifier.Name),
        _ => throw new InvalidOperationException($"unexpected node {node}"),
    };

    private List<object?> Identifier(List<object?> values, string name)
    {
        switch (name)
        {
            case "range":
                rangesBegun++;
                return values;
            case "end" when depth > 0:
                rangesEnded++;
                return [];
            case "end":
                throw new JsonPathException("not in range, nothing to end");
            default:
                throw new JsonPathException($"unrecognized identifier {name}");
        }
    }

    private static List<object?> Field(List<object?> values, string name)
    {
        var found = new List<object?>();
        foreach (var value in values)
        {
            if (value is Dictionary<string, object?> map && map.TryGetValue(name, out var field))
            {
                found.Add(field);
            }
        }
        return values.Count == 0 || found.Count > 0 ? found : throw new JsonPathException($"{name} is not found");
    }

    private List<object?> Filter(object? value, FilterNode filter)
    {
        if (value is not Array items)
        {
            throw new JsonPathException($"{(value is null ? "<invalid reflect.Value>" : GoFormat.Value(value))} is not array or slice and cannot be filtered");
        }
        return [.. items.Cast<object?>().Where(item => Passes(item, filter))];
    }

    private bool Passes(object? item, FilterNode filter)
    {
        if (filter.Operator == "exists")
        {
            return Exists(item, filter.Left);
        }
        var (left, right) = (Walk([item], filter.Left), Walk([item], filter.Right));
        if (left.Count > 1 || right.Count > 1)
        {
            throw new JsonPathException("can only compare one element at a time");
        }
        return left.Count == 1 && right.Count == 1 && PathComparison.Holds(left[0], filter.Operator, right[0]);
    }

    private bool Exists(object? item, ListNode path)
    {
        try
        {
            return Walk([item], path).Count > 0;
        }
        catch (JsonPathException)
        {
            return false;
        }
    }

    private static IEnumerable<object?> Children(object? value) => value switch
    {
        Dictionary<string, object?> map => map.Values,
        Array items => items.Cast<object?>(),
        string text => System.Text.Encoding.UTF8.GetBytes(text).Cast<object?>(),
        _ => [],
    };

    private static List<object?> Recursive(IEnumerable<object?> values)
    {
        var found = new List<object?>();
        foreach (var value in values)
        {
            var children = Children(value).ToList();
            if (children.Count > 0)
            {
                found.Add(value);
                found.AddRange(Recursive(children));
            }
        }
        return found;
    }
}
