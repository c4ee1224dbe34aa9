using ArgoRollouts.Analysis.Expressions.Syntax;

namespace ArgoRollouts.Analysis.Expressions.Optimizing;

/// <summary>Replaces the nodes of a tree from the leaves up.</summary>
internal static class Tree
{
    public static Node Rewrite(Node node, Func<Node, Node> replace)
    {
        switch (node)
        {
            case UnaryNode unary:
                unary.Operand = Rewrite(unary.Operand, replace);
                break;
            case BinaryNode binary:
                binary.Left = Rewrite(binary.Left, replace);
                binary.Right = Rewrite(binary.Right, replace);
                break;
            case ChainNode chain:
                chain.Inner = Rewrite(chain.Inner, replace);
                break;
            case MemberNode member:
                member.Target = Rewrite(member.Target, replace);
                member.Property = Rewrite(member.Property, replace);
                break;
            case SliceNode slice:
                slice.Target = Rewrite(slice.Target, replace);
                slice.From = slice.From is null ? null : Rewrite(slice.From, replace);
                slice.To = slice.To is null ? null : Rewrite(slice.To, replace);
                break;
            case CallNode call:
                call.Callee = Rewrite(call.Callee, replace);
                RewriteAll(call.Arguments, replace);
                break;
            case BuiltinNode builtin:
                RewriteAll(builtin.Arguments, replace);
                break;
            case ClosureNode closure:
                closure.Body = Rewrite(closure.Body, replace);
                break;
            case LetNode let:
                let.Value = Rewrite(let.Value, replace);
                let.Body = Rewrite(let.Body, replace);
                break;
            case ConditionalNode conditional:
                conditional.Condition = Rewrite(conditional.Condition, replace);
                conditional.Then = Rewrite(conditional.Then, replace);
                conditional.Otherwise = Rewrite(conditional.Otherwise, replace);
                break;
            case ArrayNode array:
                RewriteAll(array.Items, replace);
                break;
            case MapNode map:
                foreach (var pair in map.Pairs)
                {
                    pair.Key = Rewrite(pair.Key, replace);
                    pair.Value = Rewrite(pair.Value, replace);
                }
                break;
        }
        return replace(node);
    }

    private static void RewriteAll(List<Node> nodes, Func<Node, Node> replace)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i] = Rewrite(nodes[i], replace);
        }
    }
}
