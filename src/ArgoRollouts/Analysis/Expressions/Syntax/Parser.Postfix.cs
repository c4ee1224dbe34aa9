using System.Text;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>What follows a value (members, calls, indices, slices), lists and maps.</summary>
internal sealed partial class Parser
{
    private Node Postfix(Node node)
    {
        while (true)
        {
            if (Current.IsOperator(".") || Current.IsOperator("?."))
            {
                node = Member(node);
            }
            else if (Current.IsBracket("["))
            {
                node = IndexOrSlice(node);
            }
            else
            {
                return node;
            }
        }
    }

    private Node Member(Node node)
    {
        var optional = Current.Value == "?.";
        Advance();
        var name = Current;
        Advance();
        if (name.Kind != TokenKind.Identifier && (name.Kind != TokenKind.Operator || !IsIdentifier(name.Value)))
        {
            throw Error("expected name");
        }
        var chain = node as ChainNode;
        Node member = new MemberNode(name.Location, chain?.Inner ?? node, new StringNode(name.Location, name.Value), optional);
        if (Current.IsBracket("("))
        {
            member = new CallNode(name.Location, member, Arguments());
        }
        return chain is not null || optional ? new ChainNode(default, member) : member;
    }

    private Node IndexOrSlice(Node node)
    {
        var at = Current.Location;
        Advance();
        var from = Current.IsOperator(":") ? null : Expression(0);
        Node result;
        if (Current.IsOperator(":"))
        {
            Advance();
            result = new SliceNode(at, node, from, Current.IsBracket("]") ? null : Expression(0));
        }
        else
        {
            result = new MemberNode(at, node, from!, optional: false);
        }
        Expect(TokenKind.Bracket, "]");
        return result;
    }

    private List<Node> Arguments()
    {
        Expect(TokenKind.Bracket, "(");
        var nodes = new List<Node>();
        while (!Current.IsBracket(")"))
        {
            if (nodes.Count > 0)
            {
                Expect(TokenKind.Operator, ",");
            }
            nodes.Add(Expression(0));
        }
        Expect(TokenKind.Bracket, ")");
        return nodes;
    }

    private ArrayNode Array(Token opening)
    {
        Expect(TokenKind.Bracket, "[");
        var items = new List<Node>();
        while (!Current.IsBracket("]"))
        {
            if (items.Count > 0)
            {
                Expect(TokenKind.Operator, ",");
                if (Current.IsBracket("]"))
                {
                    break;
                }
            }
            items.Add(Expression(0));
        }
        Expect(TokenKind.Bracket, "]");
        return new(opening.Location, items);
    }

    private MapNode Map(Token opening)
    {
        Expect(TokenKind.Bracket, "{");
        var pairs = new List<PairNode>();
        while (!Current.IsBracket("}"))
        {
            if (pairs.Count > 0)
            {
                Expect(TokenKind.Operator, ",");
                if (Current.IsBracket("}"))
                {
                    break;
                }
                if (Current.IsOperator(","))
                {
                    throw Unexpected(Current);
                }
            }
            var key = MapKey(opening);
            Expect(TokenKind.Operator, ":");
            pairs.Add(new(opening.Location, key, Expression(0)));
        }
        Expect(TokenKind.Bracket, "}");
        return new(opening.Location, pairs);
    }

    private Node MapKey(Token opening)
    {
        var token = Current;
        if (token.Kind is TokenKind.Number or TokenKind.String or TokenKind.Identifier)
        {
            Advance();
            return new StringNode(opening.Location, token.Value);
        }
        return token.IsBracket("(")
            ? Expression(0)
            : throw Error($"a map key must be a quoted string, a number, a identifier, or an expression enclosed in parentheses (unexpected token {token})");
    }

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && text.EnumerateRunes().All(Lexer.IsAlphanumeric) && Lexer.IsAlphabetic(text.EnumerateRunes().First());
}
