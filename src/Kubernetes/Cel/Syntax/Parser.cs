namespace Kubernetes.Cel.Syntax;

/// <summary>Expressions by the grammar of the CEL specification, with optional selection and macros.</summary>
public sealed class Parser
{
    // as cel-go's defaults
    private const int DepthMax = 250;

    private static readonly Dictionary<string, int> Levels = new()
    {
        ["||"] = 1, ["&&"] = 2,
        ["<"] = 3, ["<="] = 3, [">"] = 3, [">="] = 3, ["=="] = 3, ["!="] = 3, ["in"] = 3,
        ["+"] = 4, ["-"] = 4, ["*"] = 5, ["/"] = 5, ["%"] = 5,
    };

    private readonly string text;
    private readonly List<Token> tokens;
    private int at;
    private int depth;

    private Parser(string text)
    {
        this.text = text;
        tokens = new Lexer(text).Tokens();
    }

    private Token Current => tokens[at];

    /// <exception cref="CelSyntaxException">It is no expression.</exception>
    public static Expression Parse(string text)
    {
        var parser = new Parser(text);
        var expression = parser.Conditional();
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected();
    }

    private Expression Conditional()
    {
        if (++depth > DepthMax)
        {
            throw new CelSyntaxException(text, Current.Position, $"expression recursion limit exceeded: {DepthMax}");
        }
        var condition = Binary(1);
        if (Current.Is("?"))
        {
            var position = Take().Position;
            var yes = Binary(1);
            Expect(":");
            condition = new Expression.Call(null, "_?_:_", [condition, yes, Conditional()], position);
        }
        depth--;
        return condition;
    }

    private Expression Binary(int level)
    {
        if (level > 5)
        {
            return Unary();
        }
        var left = Binary(level + 1);
        while (Operator() is { } name && Levels[name] == level)
        {
            var position = Take().Position;
            left = new Expression.Call(null, name == "in" ? "@in" : $"_{name}_", [left, Binary(level + 1)], position);
        }
        return left;
    }

    private string? Operator() => Current.Kind is TokenKind.Symbol or TokenKind.Identifier && Levels.ContainsKey(Current.Text) ? Current.Text : null;

    private Expression Unary()
    {
        var position = Current.Position;
        if (Current.Is("!"))
        {
            Take();
            return new Expression.Call(null, "!_", [Nested()], position);
        }
        if (Current.Is("-"))
        {
            Take();
            if (Current is { Kind: TokenKind.Literal, Value: long or double or decimal } number)
            {
                at++;
                return Member(new Expression.Literal(number.Value switch { long whole => (object)-whole, double real => -real, _ => long.MinValue }, position));
            }
            return new Expression.Call(null, "-_", [Nested()], position);
        }
        return Member(Primary());
    }

    private Expression Nested()
    {
        if (++depth > DepthMax)
        {
            throw new CelSyntaxException(text, Current.Position, $"expression recursion limit exceeded: {DepthMax}");
        }
        var operand = Unary();
        depth--;
        return operand;
    }

    private Expression Member(Expression operand)
    {
        while (true)
        {
            if (Current.Is("."))
            {
                // reports of cel-go point at the dot, and at the parenthesis of a call
                var dot = Take().Position;
                var optional = TakeIf("?");
                var name = Name();
                if (!optional && Current.Is("("))
                {
                    var open = Take().Position;
                    operand = Macros.OfMember(text, operand, name.Text, Arguments(")"), open);
                }
                else
                {
                    operand = new Expression.Select(operand, name.Text, Test: false, optional, dot);
                }
            }
            else if (Current.Is("["))
            {
                var position = Take().Position;
                var function = TakeIf("?") ? "_[?_]" : "_[_]";
                var index = Conditional();
                Expect("]");
                operand = new Expression.Call(null, function, [operand, index], position);
            }
            else
            {
                return operand;
            }
        }
    }

    private Expression Primary()
    {
        var token = Take();
        switch (token)
        {
            case { Kind: TokenKind.Literal, Value: decimal }:
                throw new CelSyntaxException(text, token.Position, "Syntax error: invalid int literal");
            case { Kind: TokenKind.Literal }:
                return new Expression.Literal(token.Value, token.Position);
            case { Kind: TokenKind.Identifier, Text: not "in" } when Current.Is("("):
                var parenthesis = Take().Position;
                return Macros.OfFunction(text, token.Text, Arguments(")"), parenthesis);
            case { Kind: TokenKind.Identifier, Text: not "in" }:
                return new Expression.Identifier(token.Text, token.Position);
            case { Text: "." } when Current.Kind == TokenKind.Identifier:
                return Primary();
            case { Text: "(" }:
                var inner = Conditional();
                Expect(")");
                return inner;
            case { Text: "[" }:
                return ListOf(token.Position);
            case { Text: "{" }:
                return MapOf(token.Position);
            default:
                throw Unexpected(token);
        }
    }

    private List<Expression> Arguments(string end)
    {
        var arguments = new List<Expression>();
        while (!Current.Is(end))
        {
            arguments.Add(Conditional());
            if (!TakeIf(","))
            {
                break;
            }
        }
        Expect(end);
        return arguments;
    }

    private Expression.List ListOf(int position)
    {
        var items = new List<(Expression, bool)>();
        while (!Current.Is("]"))
        {
            var optional = TakeIf("?");
            items.Add((Conditional(), optional));
            if (!TakeIf(","))
            {
                break;
            }
        }
        Expect("]");
        return new Expression.List(items, position);
    }

    private Expression.Map MapOf(int position)
    {
        var entries = new List<(Expression, Expression, bool)>();
        while (!Current.Is("}"))
        {
            var optional = TakeIf("?");
            var key = Conditional();
            Expect(":");
            entries.Add((key, Conditional(), optional));
            if (!TakeIf(","))
            {
                break;
            }
        }
        Expect("}");
        return new Expression.Map(entries, position);
    }

    private Token Name() => Current.Kind == TokenKind.Identifier ? Take() : throw Unexpected();

    private Token Take() => tokens[Current.Kind == TokenKind.End ? at : at++];

    private bool TakeIf(string symbol)
    {
        var found = Current.Is(symbol);
        at += found ? 1 : 0;
        return found;
    }

    private void Expect(string symbol)
    {
        if (!TakeIf(symbol))
        {
            throw Unexpected();
        }
    }

    private CelSyntaxException Unexpected() => Unexpected(Current);

    private CelSyntaxException Unexpected(Token token) => new(text, token.Position, token.Kind == TokenKind.End
        ? "Syntax error: mismatched input '<EOF>' expecting more"
        : $"Syntax error: extraneous input '{token.Text}'");
}
