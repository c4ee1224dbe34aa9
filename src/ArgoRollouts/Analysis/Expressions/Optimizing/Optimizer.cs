using ArgoRollouts.Analysis.Expressions.Syntax;

namespace ArgoRollouts.Analysis.Expressions.Optimizing;

/// <summary>
/// The rewrites of antonmedv/expr v1.15.5 that can be seen from outside: a constant and/or/% is decided before anything runs, a list of
/// strings becomes a set, a range of constants a list, and filter joined with first, last, an index or map stops where it can.
/// </summary>
internal static class Optimizer
{
    private const int FoldPasses = 1000;

    /// <exception cref="ExpressionException">integer divide by zero, in a constant.</exception>
    public static Node Optimize(Node node)
    {
        node = Tree.Rewrite(node, SetsOfStrings);
        for (var pass = 0; pass < FoldPasses; pass++)
        {
            var folding = new ConstantFolding();
            node = Tree.Rewrite(node, folding.Fold);
            if (!folding.Applied)
            {
                break;
            }
        }
        node = Tree.Rewrite(node, ConstantFolding.Ranges);
        node = Tree.Rewrite(node, FilterMerging.Maps);
        node = Tree.Rewrite(node, FilterMerging.Counts);
        node = Tree.Rewrite(node, FilterMerging.Last);
        return Tree.Rewrite(node, FilterMerging.First);
    }

    private static Node SetsOfStrings(Node node)
    {
        if (node is BinaryNode { Operator: "in", Right: ArrayNode { Items.Count: > 0 } list } membership && list.Items.TrueForAll(item => item is StringNode))
        {
            membership.KeysAreStrings = true;
        }
        return node;
    }
}
