using Kubernetes.Cel.Syntax;

namespace Kubernetes.Cel.Checking;

/// <summary>The variables that an expression takes from outside.</summary>
public static class Names
{
    public static IReadOnlySet<string> Free(Expression expression)
    {
        var names = new HashSet<string>();
        Collect(expression, [], names);
        return names;
    }

    private static void Collect(Expression expression, HashSet<string> bound, HashSet<string> names)
    {
        switch (expression)
        {
            case Expression.Identifier identifier when !bound.Contains(identifier.Name):
                names.Add(identifier.Name);
                break;
            case Expression.Comprehension macro:
                Collect(macro.Range, bound, names);
                var inner = new HashSet<string>(bound);
                inner.UnionWith(macro.Variables);
                foreach (var body in macro.Arguments)
                {
                    Collect(body, inner, names);
                }
                break;
            default:
                foreach (var part in Parts(expression))
                {
                    Collect(part, bound, names);
                }
                break;
        }
    }

    private static IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        Expression.Select select => [select.Operand],
        Expression.Call call => call.Target is null ? call.Arguments : [call.Target, .. call.Arguments],
        Expression.List list => list.Items.Select(item => item.Value),
        Expression.Map map => map.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
        _ => [],
    };
}
