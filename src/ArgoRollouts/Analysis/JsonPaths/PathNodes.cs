namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>A step of a path.</summary>
internal abstract record PathNode;

/// <summary>Steps one after the other.</summary>
internal sealed record ListNode(List<PathNode> Nodes) : PathNode;

internal sealed record TextNode(string Text) : PathNode;

internal sealed record FieldNode(string Name) : PathNode;

/// <summary>from:to:step.</summary>
internal sealed record SliceNode(Bound From, Bound To, Bound Step) : PathNode;

internal sealed record FilterNode(ListNode Left, ListNode Right, string Operator) : PathNode;

/// <summary>A number or a boolean.</summary>
internal sealed record LiteralNode(object Value) : PathNode;

internal sealed record WildcardNode : PathNode;

/// <summary>..</summary>
internal sealed record RecursiveNode : PathNode;

internal sealed record UnionNode(List<ListNode> Branches) : PathNode;

/// <summary>range or end; any other name is refused when it is met.</summary>
internal sealed record IdentifierNode(string Name) : PathNode;

/// <summary>A bound of a slice.</summary>
/// <param name="Value">The number.</param>
/// <param name="Known">Whether it was written, or follows from the other.</param>
/// <param name="Derived">Whether it is the end of a single index.</param>
internal sealed record Bound(int Value, bool Known, bool Derived = false);
