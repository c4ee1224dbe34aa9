namespace Kubernetes.Cel.Syntax;

/// <summary>Calls that are written like functions and bind variables (CEL specification, "Macros"; cel-go ext.TwoVarComprehensions, optional types).</summary>
internal static class Macros
{
    public static Expression OfFunction(string text, string name, List<Expression> arguments, int position)
    {
        if (name != "has")
        {
            return new Expression.Call(null, name, arguments, position);
        }
        return arguments is [Expression.Select { Optional: false } select]
            ? select with { Test = true }
            : throw new CelSyntaxException(text, position, "invalid argument to has() macro");
    }

    public static Expression OfMember(string text, Expression target, string name, List<Expression> arguments, int position)
    {
        var bodies = (name, arguments.Count) switch
        {
            ("all" or "exists" or "exists_one" or "existsOne" or "filter", 2) => 1,
            ("map", 2) => 1,
            ("map", 3) => 2,
            ("optMap" or "optFlatMap", 2) => 1,
            ("all" or "exists" or "existsOne" or "transformList" or "transformMap", 3) => 1,
            ("transformList" or "transformMap", 4) => 2,
            _ => 0,
        };
        if (bodies == 0)
        {
            return new Expression.Call(target, name, arguments, position);
        }
        var variables = arguments.SkipLast(bodies)
            .Select(variable => variable is Expression.Identifier identifier ? identifier.Name : throw new CelSyntaxException(text, variable.Position, "argument is not an identifier"))
            .ToList();
        return new Expression.Comprehension(name, target, variables, [.. arguments.TakeLast(bodies)], position);
    }
}
