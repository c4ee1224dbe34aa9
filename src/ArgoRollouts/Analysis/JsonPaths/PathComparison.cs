using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>Comparisons of a filter, with the rules of Go's templates: kinds must be the same, and a number of JSON is never an integer.</summary>
internal static class PathComparison
{
    public static bool Holds(object? left, string operation, object? right) => operation switch
    {
        "==" => AreEqual(left, right),
        "!=" => !AreEqual(left, right),
        "<" => IsLess(left, right),
        "<=" => IsLess(left, right) || AreEqual(left, right),
        ">" => !IsLess(left, right) && !AreEqual(left, right),
        ">=" => !IsLess(left, right),
        "=~" => Matches(left, right),
        _ => throw new JsonPathException($"unrecognized filter operator {operation}"),
    };

    private static bool AreEqual(object? left, object? right)
    {
        RequireSameKind(left, right);
        return Equals(left, right);
    }

    private static bool IsLess(object? left, object? right)
    {
        RequireSameKind(left, right);
        return left is bool ? throw new JsonPathException("invalid type for comparison") : GoArithmetic.Order(left, "<", right);
    }

    private static bool Matches(object? left, object? right) => left is string text && right is string pattern
        ? GoRegexp.Compile(pattern).IsMatch(text)
        : throw new JsonPathException($"regexp search only support string now but getting pattern: {GoFormat.Value(right)}, data: {GoFormat.Value(left)}");

    private static void RequireSameKind(object? left, object? right)
    {
        foreach (var value in new[] { left, right })
        {
            if (value is not (bool or nint or double or string))
            {
                throw new JsonPathException("invalid type for comparison");
            }
        }
        if (left!.GetType() != right!.GetType())
        {
            throw new JsonPathException("incompatible types for comparison");
        }
    }
}
