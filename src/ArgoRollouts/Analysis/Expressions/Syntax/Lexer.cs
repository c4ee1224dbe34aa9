using System.Globalization;
using System.Text;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>Splits an expression into tokens (antonmedv/expr v1.15.5, parser/lexer).</summary>
internal sealed class Lexer
{
    private static readonly string[] WordOperators = ["in", "or", "and", "matches", "contains", "startsWith", "endsWith", "let"];
    private static readonly string[] NegatableOperators = ["in", "matches", "contains", "startsWith", "endsWith"];
    private readonly Rune[] input;
    private readonly Location[] locations;
    private readonly List<Token> tokens = [];
    private int start;
    private int end;

    private Lexer(string source)
    {
        input = [.. source.EnumerateRunes()];
        locations = new Location[input.Length + 1];
        locations[0] = new(1, 0);
        for (var i = 0; i < input.Length; i++)
        {
            locations[i + 1] = input[i].Value == '\n' ? new(locations[i].Line + 1, 0) : locations[i] with { Column = locations[i].Column + 1 };
        }
    }

    /// <summary>The tokens, the last of them EOF.</summary>
    public static IReadOnlyList<Token> Tokenize(string source)
    {
        var lexer = new Lexer(source);
        while (lexer.end < lexer.input.Length)
        {
            lexer.Next();
        }
        // the end is reported at the last character: a more useful place than the one after it
        lexer.tokens.Add(new(TokenKind.EOF, "", lexer.locations[Math.Max(0, lexer.input.Length - 1)]));
        return lexer.tokens;
    }

    public static bool IsAlphabetic(Rune rune) => rune.Value is '_' or '$' || Rune.IsLetter(rune);

    public static bool IsAlphanumeric(Rune rune) => IsAlphabetic(rune) || Rune.IsDigit(rune);

    private void Next()
    {
        start = end;
        var rune = input[end++];
        switch (rune.Value)
        {
            case '\'' or '"':
                Text(rune.Value);
                break;
            case >= '0' and <= '9':
                end--;
                Number();
                break;
            case '?':
                Accept(".?");
                Emit(TokenKind.Operator);
                break;
            case '/':
                SlashOrComment();
                break;
            case '#':
                Accept("#");
                Emit(TokenKind.Operator);
                WhileAlphanumeric();
                EmitUnlessEmpty(TokenKind.Identifier);
                break;
            case '|':
                Accept("|");
                Emit(TokenKind.Operator);
                break;
            case '(' or '[' or '{' or ')' or ']' or '}':
                Emit(TokenKind.Bracket);
                break;
            case ',' or ':' or ';' or '%' or '+' or '-' or '^':
                Emit(TokenKind.Operator);
                break;
            case '&' or '!' or '=' or '*' or '<' or '>':
                Accept("&=*");
                Emit(TokenKind.Operator);
                break;
            case '.' when Peek() is >= '0' and <= '9':
                end--;
                Number();
                break;
            case '.':
                Accept(".");
                Emit(TokenKind.Operator);
                break;
            default:
                WordOrSpace(rune);
                break;
        }
    }

    private void WordOrSpace(Rune rune)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            return;
        }
        if (!IsAlphanumeric(rune))
        {
            throw Error($"unrecognized character: U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)} '{rune}'");
        }
        WhileAlphanumeric();
        if (Word() == "not")
        {
            Not();
        }
        else
        {
            Emit(WordOperators.Contains(Word()) ? TokenKind.Operator : TokenKind.Identifier);
        }
    }

    /// <summary>"not" and the operator that it negates, which may be told apart by blanks only.</summary>
    private void Not()
    {
        Emit(TokenKind.Operator);
        while (Peek() == ' ')
        {
            end++;
        }
        var next = start = end;
        WhileAlphanumeric();
        if (NegatableOperators.Contains(Word()))
        {
            Emit(TokenKind.Operator);
        }
        end = Math.Max(next, start);
    }

    private void SlashOrComment()
    {
        if (Accept("/"))
        {
            end = Array.FindIndex(input, end, rune => rune.Value == '\n') is var line and >= 0 ? line + 1 : input.Length;
            return;
        }
        if (!Accept("*"))
        {
            Emit(TokenKind.Operator);
            return;
        }
        while (end < input.Length)
        {
            if (input[end++].Value == '*' && Accept("/"))
            {
                return;
            }
        }
        throw Error("unclosed comment");
    }

    private void Number()
    {
        if (!ScanNumber())
        {
            throw Error($"bad number syntax: {GoQuote.Quote(Word())}");
        }
        Emit(TokenKind.Number);
    }

    private bool ScanNumber()
    {
        var digits = "0123456789_";
        if (Accept("0"))
        {
            digits = Accept("xX") ? "0123456789abcdefABCDEF_" : Accept("oO") ? "01234567_" : Accept("bB") ? "01_" : digits;
        }
        AcceptRun(digits);
        if (Peek() == '.')
        {
            if (Peek(1) == '.')
            {
                return true; // 1..2 is a range
            }
            end++;
            AcceptRun(digits);
        }
        if (Accept("eE"))
        {
            Accept("+-");
            AcceptRun(digits);
        }
        if (end < input.Length && IsAlphanumeric(input[end]))
        {
            end++;
            return false;
        }
        return true;
    }

    private void Text(int quote)
    {
        for (var c = Take(); c != quote;)
        {
            if (c is '\n' or -1)
            {
                throw Error("literal not terminated");
            }
            c = c == '\\' ? Escape(quote) : Take();
        }
        tokens.Add(new(TokenKind.String, StringLiteral.Unescape(Word(), locations[end]), locations[start]));
    }

    /// <summary>Passes an escape sequence and returns what follows it.</summary>
    private int Escape(int quote)
    {
        var c = Take();
        if (c == quote)
        {
            return Take();
        }
        return c switch
        {
            'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\' => Take(),
            >= '0' and <= '7' => EscapeDigits(c, 8, 3),
            'x' => EscapeDigits(Take(), 16, 2),
            'u' => EscapeDigits(Take(), 16, 4),
            'U' => EscapeDigits(Take(), 16, 8),
            _ => throw Error("invalid char escape"),
        };
    }

    private int EscapeDigits(int c, int radix, int count)
    {
        for (; count > 0; count--)
        {
            var isDigit = radix == 8 ? c is >= '0' and <= '7' : c is >= 0 and < 128 && char.IsAsciiHexDigit((char)c);
            if (!isDigit)
            {
                throw Error("invalid char escape");
            }
            c = Take();
        }
        return c;
    }

    private int Take() => end < input.Length ? input[end++].Value : -1;

    private int Peek(int ahead = 0) => end + ahead < input.Length ? input[end + ahead].Value : 0;

    private bool Accept(string valid)
    {
        var accepted = Peek() is > 0 and < 128 && valid.Contains((char)Peek());
        end += accepted ? 1 : 0;
        return accepted;
    }

    private void AcceptRun(string valid)
    {
        while (Accept(valid))
        {
        }
    }

    private void WhileAlphanumeric()
    {
        while (end < input.Length && IsAlphanumeric(input[end]))
        {
            end++;
        }
    }

    private string Word() => string.Concat(input[start..end].Select(rune => rune.ToString()));

    private void EmitUnlessEmpty(TokenKind kind)
    {
        if (end > start)
        {
            Emit(kind);
        }
    }

    private void Emit(TokenKind kind)
    {
        tokens.Add(new(kind, Word(), locations[start]));
        start = end;
    }

    private ExpressionException Error(string message) => new(message, locations[end]);
}
