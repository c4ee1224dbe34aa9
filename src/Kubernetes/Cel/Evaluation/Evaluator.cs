using Kubernetes.Cel.Functions;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Evaluation;

/// <summary>Computes the value of an expression (CEL specification, "Evaluation").</summary>
public sealed class Evaluator(Budget budget)
{
    /// <exception cref="CelException">It has no value: an error in the sense of CEL.</exception>
    public object? Evaluate(Expression expression, Scope? scope)
    {
        budget.Spend(1);
        return expression switch
        {
            Expression.Literal literal => literal.Value,
            Expression.Identifier identifier => Scope.Find(scope, identifier.Name),
            Expression.Select select => Select(select, scope),
            Expression.List list => List(list, scope),
            Expression.Map map => Map(map, scope),
            Expression.Comprehension comprehension => new Comprehensions(this, budget).Evaluate(comprehension, scope),
            Expression.Call call => Call(call, scope),
            _ => throw CelException.NoOverload(),
        };
    }

    private object? Select(Expression.Select select, Scope? scope)
    {
        var operand = Evaluate(select.Operand, scope);
        if (operand is CelOptional optional)
        {
            var found = optional.HasValue && optional.Content is ICelMap inner && inner.TrySelect(select.Field, out var content) ? CelOptional.Of(content) : CelOptional.None;
            return select.Test ? found.HasValue : found;
        }
        if (operand is not ICelMap map)
        {
            throw CelException.NoOverload();
        }
        var has = map.TrySelect(select.Field, out var value);
        return select switch
        {
            { Test: true } => has,
            { Optional: true } => has ? CelOptional.Of(value) : CelOptional.None,
            _ => has ? value : throw CelException.NoSuchKey(select.Field),
        };
    }

    private List<object?> List(Expression.List list, Scope? scope)
    {
        var items = new List<object?>();
        foreach (var (expression, optional) in list.Items)
        {
            var value = Evaluate(expression, scope);
            if (!optional)
            {
                items.Add(value);
            }
            else if (value is CelOptional { HasValue: true } some)
            {
                items.Add(some.Content);
            }
        }
        return items;
    }

    private CelMap Map(Expression.Map map, Scope? scope)
    {
        var made = new CelMap();
        foreach (var (key, expression, optional) in map.Entries)
        {
            var name = Evaluate(key, scope);
            var value = Evaluate(expression, scope);
            if (!optional)
            {
                made.Add(name, value);
            }
            else if (value is CelOptional { HasValue: true } some)
            {
                made.Add(name, some.Content);
            }
        }
        return made;
    }

    private object? Call(Expression.Call call, Scope? scope)
    {
        switch (call.Function)
        {
            case "_&&_":
                return Logic(call, scope, decisive: false);
            case "_||_":
                return Logic(call, scope, decisive: true);
            case "_?_:_":
                return Evaluate(call.Arguments[0], scope) is bool condition
                    ? Evaluate(call.Arguments[condition ? 1 : 2], scope)
                    : throw CelException.NoOverload();
            case "or" or "orValue" when call.Target is not null && Evaluate(call.Target, scope) is CelOptional optional:
                return optional.HasValue ? (call.Function == "or" ? optional : optional.Content) : Evaluate(call.Arguments[0], scope);
        }
        // sets.contains, optional.of …: a name in front that is no variable
        if (call.Target is Expression.Identifier space && FunctionTable.Find($"{space.Name}.{call.Function}") is { } qualified)
        {
            return Invoke(qualified, call.Arguments, null, scope);
        }
        return call.Target is null
            ? Invoke(FunctionTable.Find(call.Function) ?? throw CelException.NoOverload(), call.Arguments, null, scope)
            : Invoke(FunctionTable.FindMember(call.Function) ?? throw CelException.NoOverload(), call.Arguments, call.Target, scope);
    }

    private object? Invoke(Func<object?[], object?> function, IReadOnlyList<Expression> arguments, Expression? target, Scope? scope)
    {
        var values = (target is null ? arguments : [target, .. arguments]).Select(argument => Evaluate(argument, scope)).ToArray();
        budget.Spend(values.Sum(Size) / 10);
        return function(values);
    }

    // false && error is false, whichever side the error is on
    private object Logic(Expression.Call call, Scope? scope, bool decisive)
    {
        object? left;
        try
        {
            left = Evaluate(call.Arguments[0], scope);
        }
        catch (CelException e) when (!Budget.IsExceeded(e))
        {
            if (Evaluate(call.Arguments[1], scope) is bool other && other == decisive)
            {
                return decisive;
            }
            throw;
        }
        if (left is bool first && first == decisive)
        {
            return decisive;
        }
        var right = Evaluate(call.Arguments[1], scope);
        return right is bool second && (left is bool || second == decisive) ? second : throw CelException.NoOverload();
    }

    private static long Size(object? value) => value switch { string text => text.Length, byte[] bytes => bytes.Length, IReadOnlyList<object?> list => list.Count, _ => 0 };
}
