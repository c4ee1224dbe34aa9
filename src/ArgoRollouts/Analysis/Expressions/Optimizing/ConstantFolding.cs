using ArgoRollouts.Analysis.Expressions.Syntax;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Optimizing;

/// <summary>Computes what is constant. One instance makes one pass.</summary>
internal sealed class ConstantFolding
{
    private const nint RangeMax = 1_000_000;

    public bool Applied { get; private set; }

    public Node Fold(Node node)
    {
        var folded = node switch
        {
            UnaryNode unary => Unary(unary),
            BinaryNode binary => Binary(binary),
            BuiltinNode { Name: "filter", Arguments: [BuiltinNode { Name: "filter", Map: null } inner, var predicate] } outer =>
                new BuiltinNode(outer.Location, "filter", [inner.Arguments[0], new BinaryNode(default, "&&", inner.Arguments[1], predicate)]),
            _ => null,
        };
        Applied |= folded is not null;
        return folded ?? node;
    }

    /// <summary>from..to of literals, up to a million of them.</summary>
    public static Node Ranges(Node node)
    {
        if (node is not BinaryNode { Operator: "..", Left: IntegerNode from, Right: IntegerNode to } || to.Value - from.Value + 1 > RangeMax)
        {
            return node;
        }
        var size = (int)Math.Max(0, to.Value - from.Value + 1);
        return new ConstantNode(node.Location, Enumerable.Range(0, size).Select(i => from.Value + i).ToArray());
    }

    private static Node? Unary(UnaryNode node) => (node.Operator, node.Operand) switch
    {
        ("-", IntegerNode number) => new IntegerNode(node.Location, -number.Value) { Type = GoType.Int },
        ("-", FloatNode number) => new FloatNode(node.Location, -number.Value) { Type = GoType.Float64 },
        ("+", IntegerNode or FloatNode) => node.Operand,
        ("!" or "not", BoolNode flag) => new BoolNode(node.Location, !flag.Value),
        _ => null,
    };

    private static Node? Binary(BinaryNode node)
    {
        switch (node.Operator)
        {
            case "and" or "&&":
                return Logical(node, decisive: false);
            case "or" or "||":
                return Logical(node, decisive: true);
            case "%" when node is { Left: IntegerNode, Right: IntegerNode { Value: 0 } }:
                throw new ExpressionException("integer divide by zero", node.Location);
            case "==":
                return Equality(node);
            case "+" or "-" or "*" or "/" or "**" or "^" or "%":
                return Arithmetic(node);
            default:
                return null;
        }
    }

    /// <summary>A constant that does not decide leaves the other side, unchecked; one that does makes the other side not run at all.</summary>
    private static Node? Logical(BinaryNode node, bool decisive)
    {
        var (left, right) = (node.Left as BoolNode, node.Right as BoolNode);
        if (left is not null && left.Value != decisive)
        {
            return node.Right;
        }
        if (right is not null && right.Value != decisive)
        {
            return node.Left;
        }
        return left is not null || right is not null ? new BoolNode(node.Location, decisive) : null;
    }

    private static BoolNode? Equality(BinaryNode node) => (node.Left, node.Right) switch
    {
        (IntegerNode left, IntegerNode right) => new(node.Location, left.Value == right.Value),
        (StringNode left, StringNode right) => new(node.Location, left.Value == right.Value),
        (BoolNode left, BoolNode right) => new(node.Location, left.Value == right.Value),
        _ => null,
    };

    private static Node? Arithmetic(BinaryNode node)
    {
        if (node is { Operator: "+", Left: StringNode one, Right: StringNode other })
        {
            return new StringNode(node.Location, one.Value + other.Value);
        }
        if (Constant(node.Left) is not { } left || Constant(node.Right) is not { } right)
        {
            return null;
        }
        var value = node.Operator switch
        {
            "+" => GoArithmetic.Add(left, right),
            "-" => GoArithmetic.Subtract(left, right),
            "*" => GoArithmetic.Multiply(left, right),
            "/" => GoArithmetic.Divide(left, right),
            "%" => left is nint && right is nint ? GoArithmetic.Modulo(left, right) : null,
            _ => GoArithmetic.Power(left, right),
        };
        return value switch
        {
            nint number => new IntegerNode(node.Location, number) { Type = node.Operator == "%" ? null : GoType.Int },
            double number => new FloatNode(node.Location, number) { Type = GoType.Float64 },
            _ => null,
        };
    }

    private static object? Constant(Node node) => node switch
    {
        IntegerNode number => number.Value,
        FloatNode number => number.Value,
        _ => null,
    };
}
