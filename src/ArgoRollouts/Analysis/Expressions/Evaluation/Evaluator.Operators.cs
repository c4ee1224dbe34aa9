using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Evaluation;

/// <summary>Binary operators. "and", "or" and "??" decide by their left side; the value of the right side is theirs whatever its type.</summary>
internal sealed partial class Evaluator
{
    private object? Binary(BinaryNode node)
    {
        var left = Evaluate(node.Left);
        switch (node.Operator)
        {
            case "or" or "||":
                return GoConversion.ToBool(left) ? left : Evaluate(node.Right);
            case "and" or "&&":
                return GoConversion.ToBool(left) ? Evaluate(node.Right) : left;
            case "??":
                return left ?? Evaluate(node.Right);
            case "matches" when node.Pattern is { } pattern:
                return pattern.IsMatch(GoConversion.ToText(left));
        }
        var right = Evaluate(node.Right);
        return node.Operator switch
        {
            "==" => AreEqual(node, left, right),
            "!=" => !GoEquality.AreEqual(left, right),
            "<" or "<=" or ">" or ">=" => GoArithmetic.Order(left, node.Operator, right),
            "+" => GoArithmetic.Add(left, right),
            "-" => GoArithmetic.Subtract(left, right),
            "*" => GoArithmetic.Multiply(left, right),
            "/" => GoArithmetic.Divide(left, right),
            "%" => GoArithmetic.Modulo(left, right),
            "**" or "^" => GoArithmetic.Power(left, right),
            ".." => Range(GoArithmetic.ToInt(left), GoArithmetic.ToInt(right)),
            "in" => In(node, left, right),
            "matches" => Matches(left, right),
            "contains" => GoConversion.ToText(left).Contains(GoConversion.ToText(right), StringComparison.Ordinal),
            "startsWith" => GoConversion.ToText(left).StartsWith(GoConversion.ToText(right), StringComparison.Ordinal),
            "endsWith" => GoConversion.ToText(left).EndsWith(GoConversion.ToText(right), StringComparison.Ordinal),
            _ => throw new InvalidOperationException($"unknown operator ({node.Operator})"),
        };
    }

    /// <summary>Where both sides were found to be int, or both string, no other type is compared: max(1, 2.5) == 3 fails.</summary>
    private static bool AreEqual(BinaryNode node, object? left, object? right)
    {
        if (GoType.Int.Equals(node.Left.Type) && GoType.Int.Equals(node.Right.Type))
        {
            return right is not nint ? throw GoConversion.NotOfType(right, GoType.Int)
                : left is nint number ? number == (nint)right : throw GoConversion.NotOfType(left, GoType.Int);
        }
        if (GoType.String.Equals(node.Left.Type) && GoType.String.Equals(node.Right.Type))
        {
            return GoConversion.ToText(left) == GoConversion.ToText(right);
        }
        return GoEquality.AreEqual(left, right);
    }

    private static bool In(BinaryNode node, object? needle, object? container) =>
        node.KeysAreStrings ? ((object?[])container!).Contains(Access.StringKey(needle)) : Access.Contains(container, needle);

    private static bool Matches(object? text, object? pattern)
    {
        var (regexp, subject) = (GoConversion.ToText(pattern), GoConversion.ToText(text));
        return GoRegexp.Compile(regexp).IsMatch(subject);
    }

    private nint[] Range(nint from, nint to)
    {
        var size = Math.Max(0, to - from + 1);
        Grow(size);
        return [.. Enumerable.Range(0, (int)size).Select(i => from + i)];
    }
}
