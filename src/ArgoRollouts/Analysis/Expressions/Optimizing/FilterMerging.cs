using ArgoRollouts.Analysis.Expressions.Syntax;

namespace ArgoRollouts.Analysis.Expressions.Optimizing;

/// <summary>Joins filter with what is done to its result.</summary>
internal static class FilterMerging
{
    /// <summary>map(filter(…), f) runs f on each element as it is found.</summary>
    public static Node Maps(Node node) => node is BuiltinNode { Name: "map", Arguments: [BuiltinNode { Name: "filter", Map: null } filter, ClosureNode closure] }
        ? new BuiltinNode(node.Location, "filter", filter.Arguments) { Map = closure.Body }
        : node;

    /// <summary>len(filter(…)) counts.</summary>
    public static Node Counts(Node node) => node is BuiltinNode { Name: "len", Arguments: [BuiltinNode { Name: "filter" } filter] }
        ? new BuiltinNode(node.Location, "count", filter.Arguments)
        : node;

    /// <summary>filter(…)[0] and first(filter(…)) stop at the first element found.</summary>
    public static Node First(Node node) => Find(node, "find", index: 0, "first");

    /// <summary>filter(…)[-1] and last(filter(…)) search from the end.</summary>
    public static Node Last(Node node) => Find(node, "findLast", index: -1, "last");

    private static Node Find(Node node, string find, nint index, string function) => node switch
    {
        MemberNode { Optional: false, Property: IntegerNode at, Target: BuiltinNode { Name: "filter" } filter } when at.Value == index =>
            new BuiltinNode(node.Location, find, filter.Arguments) { Map = filter.Map, Throws = true },
        BuiltinNode { Arguments: [BuiltinNode { Name: "filter" } filter] } builtin when builtin.Name == function =>
            new BuiltinNode(node.Location, find, filter.Arguments) { Map = filter.Map },
        _ => node,
    };
}
