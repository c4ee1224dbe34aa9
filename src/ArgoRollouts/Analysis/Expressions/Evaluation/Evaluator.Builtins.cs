using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Evaluation;

/// <summary>Built-in functions; those that take a closure run it once per element.</summary>
internal sealed partial class Evaluator
{
    private object? Builtin(BuiltinNode node)
    {
        if (BuiltinTable.IsPredicate(node.Name))
        {
            return Predicate(node);
        }
        var arguments = node.Arguments.Select(Evaluate).ToArray();
        return node.Name == BuiltinTable.Now ? time.GetUtcNow() : BuiltinTable.Find(node.Name)!.Invoke(arguments);
    }

    private object? Predicate(BuiltinNode node)
    {
        var scope = new Scope(Access.Elements(Evaluate(node.Arguments[0])));
        scopes.Push(scope);
        var result = node.Name switch
        {
            "all" => !Matching(scope, node, wanted: false).Any(),
            "none" => !Matching(scope, node).Any(),
            "any" => Matching(scope, node).Any(),
            "one" => Matching(scope, node).Count() == 1,
            "count" => (nint)Matching(scope, node).Count(),
            "filter" => Allocate([.. Matching(scope, node).Select(_ => Found(scope, node))]),
            "map" => Allocate([.. Each(scope).Select(_ => Evaluate(node.Arguments[1]))]),
            "find" => First(Matching(scope, node).Select(_ => Found(scope, node)), node.Throws),
            "findLast" => First(Matching(scope, node, backwards: true).Select(_ => Found(scope, node)), node.Throws),
            "findIndex" => First(Matching(scope, node).Select(index => (object?)(nint)index), throws: false),
            "findLastIndex" => First(Matching(scope, node, backwards: true).Select(index => (object?)(nint)index), throws: false),
            "groupBy" => GroupBy(scope, node),
            _ => Reduce(scope, node),
        };
        scopes.Pop();
        return result;
    }

    /// <summary>Moves the scope over its elements, one at a time, as they are asked for.</summary>
    private static IEnumerable<int> Each(Scope scope, int from = 0, bool backwards = false)
    {
        for (var i = from; i < scope.Elements.Count; i++)
        {
            scope.Index = backwards ? scope.Elements.Count - 1 - i : i;
            yield return scope.Index;
        }
    }

    private IEnumerable<int> Matching(Scope scope, BuiltinNode node, bool wanted = true, bool backwards = false) =>
        Each(scope, backwards: backwards).Where(_ => GoConversion.ToBool(Evaluate(node.Arguments[1])) == wanted);

    private object? Found(Scope scope, BuiltinNode node) => node.Map is null ? scope.Element : Evaluate(node.Map);

    private static object? First(IEnumerable<object?> found, bool throws)
    {
        foreach (var item in found)
        {
            return item;
        }
        return throws ? throw new GoPanicException("reflect: slice index out of range") : null;
    }

    private GoAnyMap GroupBy(Scope scope, BuiltinNode node)
    {
        var groups = new GoAnyMap(GoType.GroupMap);
        foreach (var _ in Each(scope))
        {
            var key = Evaluate(node.Arguments[1]);
            groups.Set(key, groups.TryGet(key, out var group) ? [.. (object?[])group!, scope.Element] : new[] { scope.Element });
        }
        return groups;
    }

    /// <summary>Without an initial value the first element is it.</summary>
    private object? Reduce(Scope scope, BuiltinNode node)
    {
        var initial = node.Arguments.Count == 3;
        scope.Accumulator = initial ? Evaluate(node.Arguments[2]) : scope.Element;
        foreach (var _ in Each(scope, initial ? 0 : 1))
        {
            scope.Accumulator = Evaluate(node.Arguments[1]);
        }
        return scope.Accumulator;
    }
}
