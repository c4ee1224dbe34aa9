using System.Globalization;

namespace Kubernetes.Cel.Syntax;

/// <summary>Cuts an expression into tokens.</summary>
internal sealed class Lexer(string text)
{
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int at;

    /// <exception cref="CelSyntaxException">A character or literal that CEL does not have.</exception>
    public List<Token> Tokens()
    {
        var tokens = new List<Token>();
        while (true)
        {
            SkipBlanks();
            if (at >= text.Length)
            {
                tokens.Add(new Token(TokenKind.End, "<EOF>", null, text.Length));
                return tokens;
            }
            tokens.Add(Next());
        }
    }

    private Token Next()
    {
        var start = at;
        var c = text[at];
        if (StringLiteral.TryRead(text, ref at, out var value))
        {
            return new Token(TokenKind.Literal, text[start..at], value, start);
        }
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(start);
        }
        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }
            return text[start..at] switch
            {
                "true" => new Token(TokenKind.Literal, "true", true, start),
                "false" => new Token(TokenKind.Literal, "false", false, start),
                "null" => new Token(TokenKind.Literal, "null", null, start),
                var name => new Token(TokenKind.Identifier, name, null, start),
            };
        }
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, null, start);
            }
        }
        throw new CelSyntaxException(text, at, $"Syntax error: token recognition error at: '{c}'");
    }

    private Token Number(int start)
    {
        if (text[at] == '0' && at + 1 < text.Length && text[at + 1] is 'x' or 'X')
        {
            at += 2;
            while (at < text.Length && char.IsAsciiHexDigit(text[at]))
            {
                at++;
            }
            var digits = text[(start + 2)..at];
            return Unsigned()
                ? Literal(ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole) ? whole : null, start, "uint")
                : Literal(ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? Wrapped(hex) : null, start, "int");
        }
        var isDouble = false;
        Digits();
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            isDouble = true;
            at++;
            Digits();
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            isDouble = true;
            at++;
            if (at < text.Length && text[at] is '+' or '-')
            {
                at++;
            }
            Digits();
        }
        var number = text[start..at];
        if (isDouble)
        {
            return Literal(double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? fraction : null, start, "double");
        }
        if (Unsigned())
        {
            return Literal(ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned) ? unsigned : null, start, "uint");
        }
        return Literal(ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var signed) ? Wrapped(signed) : null, start, "int");
    }

    // -9223372036854775808 is a minus and a number one too large for int: the parser puts them together
    private static object? Wrapped(ulong number) => number <= long.MaxValue ? (long)number : number == 1ul + long.MaxValue ? decimal.MaxValue : null;

    private Token Literal(object? value, int start, string type) =>
        new(TokenKind.Literal, text[start..at], value ?? throw new CelSyntaxException(text, start, $"Syntax error: invalid {type} literal"), start);

    private bool Unsigned()
    {
        if (at < text.Length && text[at] is 'u' or 'U')
        {
            at++;
            return true;
        }
        return false;
    }

    private void Digits()
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }

    private void SkipBlanks()
    {
        while (at < text.Length && (text[at] is ' ' or '\t' or '\n' or '\r' or '\f' || IsComment()))
        {
            at = IsComment() ? text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length : at + 1;
        }
    }

    private bool IsComment() => text[at] == '/' && at + 1 < text.Length && text[at + 1] == '/';
}
