using System.Runtime.CompilerServices;
using ArgoRollouts.Analysis.Expressions.Builtins;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>
/// Recursive descent over the tokens of an expression, by precedence (antonmedv/expr v1.15.5, parser/parser.go).
/// What it accepts, and the message for what it does not, are those of that version, its oddities included.
/// </summary>
internal sealed partial class Parser
{
    private readonly IReadOnlyList<Token> tokens;
    private int position;
    private int closureDepth;

    private Parser(IReadOnlyList<Token> tokens) => this.tokens = tokens;

    private Token Current => tokens[position];

    /// <exception cref="ExpressionException">The source is no expression.</exception>
    public static Node Parse(string source)
    {
        var parser = new Parser(Lexer.Tokenize(source));
        try
        {
            var node = parser.Expression(0);
            return parser.Current.Kind == TokenKind.EOF ? node : throw parser.Unexpected(parser.Current);
        }
        catch (InsufficientExecutionStackException)
        {
            throw parser.Error("expression is nested too deeply");
        }
    }

    private Node Expression(int precedence)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (precedence == 0 && Current.IsOperator("let"))
        {
            return Let();
        }
        var left = Primary();
        var previous = "";
        while (Current.Kind == TokenKind.Operator)
        {
            // "not" is taken even when the operator it negates turns out to bind looser and is left to the caller, who
            // then does not see it: 1 + a not in b is (1 + a) in b
            Token? negation = null;
            if (Current.IsOperator("not"))
            {
                Advance();
                negation = Current;
            }
            var operation = Current;
            if (!Operators.Binary.TryGetValue(operation.Value, out var binding) || binding < precedence)
            {
                break;
            }
            Advance();
            left = operation.Value == "|" ? Pipe(left) : Binary(left, operation, binding, previous, negation);
            previous = operation.Value;
        }
        return precedence == 0 ? Conditional(left) : left;
    }

    private Node Binary(Node left, Token operation, int binding, string previous, Token? negation)
    {
        if (previous == "??" && operation.Value != "??")
        {
            throw new ExpressionException(
                $"Operator ({operation.Value}) and coalesce expressions (??) cannot be mixed. Wrap either by parentheses.", operation.Location);
        }
        var right = Expression(Operators.IsRightAssociative(operation.Value) ? binding : binding + 1);
        var node = new BinaryNode(operation.Location, operation.Value, left, right);
        return negation is { } not ? new UnaryNode(not.Location, "not", node) : node;
    }

    private LetNode Let()
    {
        Advance();
        var name = Current;
        Expect(TokenKind.Identifier);
        Expect(TokenKind.Operator, "=");
        var value = Expression(0);
        Expect(TokenKind.Operator, ";");
        return new(name.Location, name.Value, value, Expression(0));
    }

    private Node Conditional(Node node)
    {
        while (Current.IsOperator("?"))
        {
            Advance();
            if (Current.IsOperator(":"))
            {
                Advance();
                node = new ConditionalNode(default, node, node, Expression(0));
                continue;
            }
            var then = Expression(0);
            Expect(TokenKind.Operator, ":");
            node = new ConditionalNode(default, node, then, Expression(0));
        }
        return node;
    }

    private Node Primary()
    {
        var token = Current;
        if (token.Kind == TokenKind.Operator && Operators.Unary.TryGetValue(token.Value, out var binding))
        {
            Advance();
            return Postfix(new UnaryNode(token.Location, token.Value, Expression(binding)));
        }
        if (token.IsBracket("("))
        {
            Advance();
            var inner = Expression(0);
            Expect(TokenKind.Bracket, ")");
            return Postfix(inner);
        }
        if (token.IsOperator("#") || token.IsOperator("."))
        {
            return closureDepth > 0 ? Postfix(Pointer(token)) : throw Error("cannot use pointer accessor outside closure");
        }
        return Secondary(token);
    }

    private PointerNode Pointer(Token token)
    {
        if (token.Value == ".")
        {
            return new(token.Location, ""); // .name is #.name
        }
        Advance();
        var name = "";
        if (Current.Kind == TokenKind.Identifier)
        {
            name = Current.Value;
            Advance();
        }
        return new(token.Location, name);
    }

    /// <summary>Literals of one value are not followed by an index or a member.</summary>
    private Node Secondary(Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                Advance();
                return token.Value switch
                {
                    "true" => new BoolNode(token.Location, true),
                    "false" => new BoolNode(token.Location, false),
                    "nil" => new NilNode(token.Location),
                    _ => Postfix(CallOrIdentifier(token)),
                };
            case TokenKind.Number:
                Advance();
                return NumberLiteral.Parse(token, Current.Location);
            case TokenKind.String:
                Advance();
                return new StringNode(token.Location, token.Value);
            case TokenKind.Bracket when token.Value == "[":
                return Postfix(Array(token));
            case TokenKind.Bracket when token.Value == "{":
                return Postfix(Map(token));
            default:
                throw Unexpected(token);
        }
    }

    private Node CallOrIdentifier(Token token) => Current.IsBracket("(") ? Call(token, first: null) : new IdentifierNode(token.Location, token.Value);

    /// <summary>value | name(…) is name(value, …); no member or index follows it.</summary>
    private Node Pipe(Node value)
    {
        var name = Current;
        Expect(TokenKind.Identifier);
        return Call(name, value);
    }

    private Node Call(Token name, Node? first)
    {
        if (BuiltinTable.IsPredicate(name.Value))
        {
            return Predicate(name, first);
        }
        List<Node> arguments = first is null ? [] : [first];
        arguments.AddRange(Arguments());
        return BuiltinTable.Contains(name.Value)
            ? new BuiltinNode(name.Location, name.Value, arguments)
            : new CallNode(name.Location, new IdentifierNode(name.Location, name.Value), arguments);
    }

    private BuiltinNode Predicate(Token name, Node? first)
    {
        Expect(TokenKind.Bracket, "(");
        List<Node> arguments = [];
        if (first is null)
        {
            first = Expression(0);
            Expect(TokenKind.Operator, ",");
        }
        arguments.Add(first);
        arguments.Add(Closure());
        if (name.Value == "reduce" && Current.IsOperator(","))
        {
            Advance();
            arguments.Add(Expression(0));
        }
        Expect(TokenKind.Bracket, ")");
        return new(name.Location, name.Value, arguments);
    }

    private ClosureNode Closure()
    {
        var opening = Current;
        var braced = opening.IsBracket("{");
        if (braced)
        {
            Advance();
        }
        closureDepth++;
        var body = Expression(0);
        closureDepth--;
        if (braced)
        {
            Expect(TokenKind.Bracket, "}");
        }
        return new(opening.Location, body);
    }

    private void Advance()
    {
        if (position + 1 >= tokens.Count)
        {
            throw Error("unexpected end of expression");
        }
        position++;
    }

    private void Expect(TokenKind kind, string? value = null)
    {
        if (Current.Kind != kind || (value is not null && Current.Value != value))
        {
            throw Unexpected(Current);
        }
        Advance();
    }

    private ExpressionException Unexpected(Token token) => Error($"unexpected token {token}");

    private ExpressionException Error(string message) => new(message, Current.Location);
}
