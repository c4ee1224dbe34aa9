using System.Globalization;
using System.Text;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>The value of a quoted string. Every escape of a number stands for one code point, also \x.</summary>
internal static class StringLiteral
{
    public static string Unescape(string literal, Location location)
    {
        // line ends of every convention are one \n
        var text = literal[1..^1].Replace("\r\n", "\n").Replace('\r', '\n');
        var value = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                value.Append(text[i]);
                continue;
            }
            i++;
            switch (text[i])
            {
                case 'x':
                    value.Append(CodePoint(text, ref i, 1, 2, NumberStyles.AllowHexSpecifier, location));
                    break;
                case 'u':
                    value.Append(CodePoint(text, ref i, 1, 4, NumberStyles.AllowHexSpecifier, location));
                    break;
                case 'U':
                    value.Append(CodePoint(text, ref i, 1, 8, NumberStyles.AllowHexSpecifier, location));
                    break;
                case >= '0' and <= '3':
                    value.Append(CodePoint(text, ref i, 0, 3, NumberStyles.None, location));
                    break;
                default:
                    value.Append(Simple(text[i], location));
                    break;
            }
        }
        return value.ToString();
    }

    private static char Simple(char c, Location location) => c switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' or '\'' or '"' => c,
        _ => throw new ExpressionException("unable to unescape string", location),
    };

    private static string CodePoint(string text, ref int index, int skip, int digits, NumberStyles style, Location location)
    {
        var number = text.Substring(index + skip, digits);
        index += skip + digits - 1;
        var value = style == NumberStyles.None ? Convert.ToInt64(number, 8) : long.Parse(number, style, CultureInfo.InvariantCulture);
        if (value > 0x10FFFF)
        {
            throw new ExpressionException("unable to unescape string", location);
        }
        return Rune.IsValid((int)value) ? new Rune((int)value).ToString() : "\uFFFD";
    }
}
