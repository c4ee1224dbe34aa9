using System.Globalization;
using System.Text;

namespace ArgoRollouts.Analysis.Go;

/// <summary>
/// encoding/json's Unmarshal into an interface: objects become map[string]interface {}, arrays []interface {}, numbers float64;
/// what is wrong is told in its words.
/// </summary>
public sealed class GoJsonReader
{
    private const int DepthMax = 10000;
    private readonly string input;
    private int position;
    private int depth;

    private GoJsonReader(string input) => this.input = input;

    /// <exception cref="GoPanicException">"unexpected end of JSON input", "invalid character 'x' looking for beginning of value", …</exception>
    public static object? Read(string input)
    {
        var reader = new GoJsonReader(input);
        var value = reader.Value();
        reader.SkipSpace();
        return reader.position == input.Length ? value : throw reader.Unexpected("after top-level value");
    }

    private object? Value()
    {
        SkipSpace();
        switch (Peek())
        {
            case '{':
                return Nested(Object);
            case '[':
                return Nested(Array);
            case '"':
                return Text();
            case 't':
                return Literal("true", true);
            case 'f':
                return Literal("false", false);
            case 'n':
                return Literal("null", null);
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                throw Unexpected("looking for beginning of value");
        }
    }

    private object Nested(Func<object> read)
    {
        if (++depth > DepthMax)
        {
            throw new GoPanicException("exceeded max depth");
        }
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        position++;
        var value = read();
        depth--;
        return value;
    }

    private Dictionary<string, object?> Object()
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        SkipSpace();
        if (Peek() == '}')
        {
            position++;
            return map;
        }
        while (true)
        {
            SkipSpace();
            if (Peek() != '"')
            {
                throw Unexpected("looking for beginning of object key string");
            }
            var key = Text();
            SkipSpace();
            Expect(':', "after object key");
            map[key] = Value();
            SkipSpace();
            if (Peek() == '}')
            {
                position++;
                return map;
            }
            Expect(',', "after object key:value pair");
        }
    }

    private object?[] Array()
    {
        var items = new List<object?>();
        SkipSpace();
        if (Peek() == ']')
        {
            position++;
            return [];
        }
        while (true)
        {
            items.Add(Value());
            SkipSpace();
            if (Peek() == ']')
            {
                position++;
                return [.. items];
            }
            Expect(',', "after array element");
        }
    }

    private object? Literal(string word, object? value)
    {
        for (var i = 0; i < word.Length; i++, position++)
        {
            if (Peek() != word[i])
            {
                throw Unexpected($"in literal {word} (expecting {Quoted(word[i])})");
            }
        }
        return value;
    }

    private object Number()
    {
        var start = position;
        position += Peek() == '-' ? 1 : 0;
        if (Peek() == '0')
        {
            position++;
        }
        else
        {
            Digits("in numeric literal");
        }
        if (position < input.Length && input[position] == '.')
        {
            position++;
            Digits("after decimal point in numeric literal");
        }
        if (position < input.Length && input[position] is 'e' or 'E')
        {
            position++;
            position += position < input.Length && input[position] is '+' or '-' ? 1 : 0;
            Digits("in exponent of numeric literal");
        }
        var text = input[start..position];
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number) ? number : throw new GoPanicException($"json: cannot unmarshal number {text} into Go value of type float64");
    }

    private void Digits(string context)
    {
        if (!char.IsAsciiDigit(Peek()))
        {
            throw Unexpected(context);
        }
        while (position < input.Length && char.IsAsciiDigit(input[position]))
        {
            position++;
        }
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (position++; Peek() != '"'; position++)
        {
            var c = input[position];
            if (c < ' ')
            {
                throw Unexpected("in string literal");
            }
            if (c == '\\')
            {
                position++;
                c = Escape();
            }
            text.Append(c);
        }
        position++;
        return WithoutLoneSurrogates(text.ToString());
    }

    private char Escape()
    {
        switch (Peek())
        {
            case '"' or '\\' or '/':
                return input[position];
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                var code = 0;
                for (var i = 0; i < 4; i++)
                {
                    position++;
                    code = char.IsAsciiHexDigit(Peek()) ? code * 16 + Convert.ToInt32(input[position].ToString(), 16) : throw Unexpected("in \\u hexadecimal character escape");
                }
                return (char)code;
            default:
                throw Unexpected("in string escape code");
        }
    }

    private static string WithoutLoneSurrogates(string text) =>
        text.Any(char.IsSurrogate) ? string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) : text;

    private void SkipSpace()
    {
        while (position < input.Length && input[position] is ' ' or '\t' or '\r' or '\n')
        {
            position++;
        }
    }

    private char Peek() => position < input.Length ? input[position] : throw new GoPanicException("unexpected end of JSON input");

    private void Expect(char wanted, string context)
    {
        if (Peek() != wanted)
        {
            throw Unexpected(context);
        }
        position++;
    }

    private GoPanicException Unexpected(string context) => new($"invalid character {Quoted(Peek())} {context}");

    private static string Quoted(char c) => c switch
    {
        '\'' => @"'\''",
        '"' => "'\"'",
        _ => "'" + GoQuote.Escaped(c.ToString()) + "'",
    };
}
