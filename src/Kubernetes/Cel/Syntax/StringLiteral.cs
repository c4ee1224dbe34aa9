using System.Globalization;
using System.Text;

namespace Kubernetes.Cel.Syntax;

/// <summary>String and bytes literals: single and triple quotes of both kinds, raw (<c>r""</c>), bytes (<c>b""</c>), escapes.</summary>
internal static class StringLiteral
{
    public static bool TryRead(string text, ref int at, out object? value)
    {
        value = null;
        var i = at;
        var (raw, bytes) = (false, false);
        while (i < text.Length && ((text[i] is 'r' or 'R' && !raw) || (text[i] is 'b' or 'B' && !bytes)))
        {
            raw |= text[i] is 'r' or 'R';
            bytes |= text[i] is 'b' or 'B';
            i++;
        }
        if (i >= text.Length || text[i] is not ('"' or '\''))
        {
            return false;
        }
        var quote = text[i];
        var triple = string.Concat(quote, quote, quote);
        var end = string.CompareOrdinal(text, i, triple, 0, 3) == 0 ? triple : quote.ToString();
        i += end.Length;
        var content = new List<byte>();
        while (true)
        {
            if (i >= text.Length || (end.Length == 1 && text[i] == '\n'))
            {
                throw new CelSyntaxException(text, at, $"Syntax error: token recognition error at: '{text[at..Math.Min(i, text.Length)]}'");
            }
            if (string.CompareOrdinal(text, i, end, 0, end.Length) == 0)
            {
                break;
            }
            if (text[i] == '\\' && !raw)
            {
                content.AddRange(Escape(text, ref i, bytes));
                continue;
            }
            var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            content.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
            i += length;
        }
        at = i + end.Length;
        value = bytes ? content.ToArray() : Encoding.UTF8.GetString([.. content]);
        return true;
    }

    private static byte[] Escape(string text, ref int i, bool bytes)
    {
        var start = i;
        var kind = i + 1 < text.Length ? text[i + 1] : ' ';
        i += 2;
        switch (kind)
        {
            case 'a': return [7];
            case 'b': return [8];
            case 'f': return [12];
            case 'n': return [10];
            case 'r': return [13];
            case 't': return [9];
            case 'v': return [11];
            case '\\' or '\'' or '"' or '`' or '?': return [(byte)kind];
            case 'x' or 'X': return Code(text, ref i, 2, 16, bytes, start);
            case 'u' when !bytes: return Code(text, ref i, 4, 16, bytes, start);
            case 'U' when !bytes: return Code(text, ref i, 8, 16, bytes, start);
            case >= '0' and <= '3':
                i--;
                return Code(text, ref i, 3, 8, bytes, start);
            default: throw new CelSyntaxException(text, start, $"Syntax error: invalid escape sequence '\\{kind}'");
        }
    }

    private static byte[] Code(string text, ref int i, int digits, int radix, bool bytes, int start)
    {
        try
        {
            var code = radix == 16 ? int.Parse(text.AsSpan(i, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : Convert.ToInt32(text.Substring(i, digits), 8);
            i += digits;
            return bytes ? [(byte)code] : Encoding.UTF8.GetBytes(char.ConvertFromUtf32(code));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new CelSyntaxException(text, start, "Syntax error: invalid escape sequence");
        }
    }
}
