using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>A node of the syntax tree. The checker notes its type, null for nil or unknown.</summary>
internal abstract class Node(Location location)
{
    public Location Location { get; } = location;

    public GoType? Type { get; set; }
}

internal sealed class NilNode(Location at) : Node(at);

internal sealed class IdentifierNode(Location at, string name) : Node(at)
{
    public string Name { get; } = name;
}

internal sealed class IntegerNode(Location at, nint value) : Node(at)
{
    public nint Value { get; } = value;
}

internal sealed class FloatNode(Location at, double value) : Node(at)
{
    public double Value { get; } = value;
}

internal sealed class BoolNode(Location at, bool value) : Node(at)
{
    public bool Value { get; } = value;
}

internal sealed class StringNode(Location at, string value) : Node(at)
{
    public string Value { get; } = value;
}

/// <summary>A value the optimizer computed.</summary>
internal sealed class ConstantNode(Location at, object? value) : Node(at)
{
    public object? Value { get; } = value;
}

internal sealed class UnaryNode(Location at, string operation, Node operand) : Node(at)
{
    public string Operator { get; } = operation;

    public Node Operand { get; set; } = operand;
}

internal sealed class BinaryNode(Location at, string operation, Node left, Node right) : Node(at)
{
    public string Operator { get; } = operation;

    public Node Left { get; set; } = left;

    public Node Right { get; set; } = right;

    /// <summary>The pattern of "matches", when it is a literal.</summary>
    public GoRegexp? Pattern { get; set; }

    /// <summary>Set for "in" on a literal list of strings: such a list is a set whose keys are strings, and nothing else may be looked up in it.</summary>
    public bool KeysAreStrings { get; set; }
}

/// <summary>Encloses a?.b.c: nil on its left ends the whole of it.</summary>
internal sealed class ChainNode(Location at, Node inner) : Node(at)
{
    public Node Inner { get; set; } = inner;
}

internal sealed class MemberNode(Location at, Node target, Node property, bool optional) : Node(at)
{
    public Node Target { get; set; } = target;

    public Node Property { get; set; } = property;

    public bool Optional { get; } = optional;
}

internal sealed class SliceNode(Location at, Node target, Node? from, Node? to) : Node(at)
{
    public Node Target { get; set; } = target;

    public Node? From { get; set; } = from;

    public Node? To { get; set; } = to;
}

internal sealed class CallNode(Location at, Node callee, List<Node> arguments) : Node(at)
{
    public Node Callee { get; set; } = callee;

    public List<Node> Arguments { get; } = arguments;
}

internal sealed class BuiltinNode(Location at, string name, List<Node> arguments) : Node(at)
{
    public string Name { get; } = name;

    public List<Node> Arguments { get; } = arguments;

    /// <summary>What becomes of each element found, when the optimizer merged a map into a filter.</summary>
    public Node? Map { get; init; }

    /// <summary>Whether to fail as an index would when find finds nothing.</summary>
    public bool Throws { get; init; }
}

internal sealed class ClosureNode(Location at, Node body) : Node(at)
{
    public Node Body { get; set; } = body;
}

/// <summary># (the element), #index or #acc.</summary>
internal sealed class PointerNode(Location at, string name) : Node(at)
{
    public string Name { get; } = name;
}

internal sealed class LetNode(Location at, string name, Node value, Node body) : Node(at)
{
    public string Name { get; } = name;

    public Node Value { get; set; } = value;

    public Node Body { get; set; } = body;
}

internal sealed class ConditionalNode(Location at, Node condition, Node then, Node otherwise) : Node(at)
{
    public Node Condition { get; set; } = condition;

    public Node Then { get; set; } = then;

    public Node Otherwise { get; set; } = otherwise;
}

internal sealed class ArrayNode(Location at, List<Node> items) : Node(at)
{
    public List<Node> Items { get; } = items;
}

internal sealed class MapNode(Location at, List<PairNode> pairs) : Node(at)
{
    public List<PairNode> Pairs { get; } = pairs;
}

internal sealed class PairNode(Location at, Node key, Node value) : Node(at)
{
    public Node Key { get; set; } = key;

    public Node Value { get; set; } = value;
}
