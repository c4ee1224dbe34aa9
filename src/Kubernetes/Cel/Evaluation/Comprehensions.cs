using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Evaluation;

/// <summary>The macros that go over lists and maps.</summary>
internal sealed class Comprehensions(Evaluator evaluator, Budget budget)
{
    public object? Evaluate(Expression.Comprehension macro, Scope? scope)
    {
        var range = evaluator.Evaluate(macro.Range, scope);
        if (macro.Macro is "optMap" or "optFlatMap")
        {
            return Optional(macro, range as CelOptional ?? throw CelException.NoOverload(), scope);
        }
        var scopes = Scopes(macro, range, scope);
        return macro.Macro switch
        {
            "all" => Quantified(macro, scopes, decisive: false),
            "exists" => Quantified(macro, scopes, decisive: true),
            "exists_one" or "existsOne" => scopes.Count(item => Holds(macro.Arguments[0], item.Scope)) == 1,
            "filter" => scopes.Where(item => Holds(macro.Arguments[0], item.Scope)).Select(item => item.First).ToList(),
            "map" or "transformList" => Chosen(macro, scopes).Select(item => evaluator.Evaluate(macro.Arguments[^1], item.Scope)).ToList(),
            "transformMap" => Transformed(macro, scopes),
            _ => throw CelException.NoOverload(),
        };
    }

    private object? Optional(Expression.Comprehension macro, CelOptional optional, Scope? scope)
    {
        if (!optional.HasValue)
        {
            return CelOptional.None;
        }
        var result = evaluator.Evaluate(macro.Arguments[0], new Scope(scope, macro.Variables[0], optional.Content));
        return macro.Macro == "optMap" ? CelOptional.Of(result) : result;
    }

    private IEnumerable<(Scope Scope, object? First)> Scopes(Expression.Comprehension macro, object? range, Scope? scope)
    {
        IEnumerable<(object? Key, object? Value)> items = range switch
        {
            IReadOnlyList<object?> list when macro.Variables.Count == 1 => list.Select(item => (item, item)),
            IReadOnlyList<object?> list => list.Select((item, i) => ((object?)(long)i, item)),
            ICelMap map => map.Keys.Select(key => ((object?)key, map.TryGet(key, out var value) ? value : null)),
            _ => throw CelException.NoOverload(),
        };
        foreach (var (key, value) in items)
        {
            budget.Spend(1);
            var inner = new Scope(scope, macro.Variables[0], key);
            yield return (macro.Variables.Count > 1 ? inner.With(macro.Variables[1], value) : inner, key);
        }
    }

    // one decisive item outweighs errors of others
    private bool Quantified(Expression.Comprehension macro, IEnumerable<(Scope Scope, object? First)> scopes, bool decisive)
    {
        CelException? error = null;
        foreach (var (inner, _) in scopes)
        {
            try
            {
                if (Holds(macro.Arguments[0], inner) == decisive)
                {
                    return decisive;
                }
            }
            catch (CelException e) when (!Budget.IsExceeded(e))
            {
                error = e;
            }
        }
        return error is null ? !decisive : throw error;
    }

    private IEnumerable<(Scope Scope, object? First)> Chosen(Expression.Comprehension macro, IEnumerable<(Scope Scope, object? First)> scopes)
        => macro.Arguments.Count == 1 ? scopes : scopes.Where(item => Holds(macro.Arguments[0], item.Scope));

    private CelMap Transformed(Expression.Comprehension macro, IEnumerable<(Scope Scope, object? First)> scopes)
    {
        var made = new CelMap();
        foreach (var (inner, key) in Chosen(macro, scopes))
        {
            made.Add(key, evaluator.Evaluate(macro.Arguments[^1], inner));
        }
        return made;
    }

    private bool Holds(Expression body, Scope scope) => evaluator.Evaluate(body, scope) as bool? ?? throw CelException.NoOverload();
}
