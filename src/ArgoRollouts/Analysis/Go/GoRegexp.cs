using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace ArgoRollouts.Analysis.Go;

/// <summary>
/// Go's regexp package over .NET's engine without backtracking, which like RE2 has no look-around and no back-references. Where the two read
/// the same text differently (classes of ASCII, the end of the text, named groups) the pattern is translated first.
/// </summary>
public sealed class GoRegexp
{
    private static readonly ConcurrentDictionary<string, GoRegexp> Compiled = new(StringComparer.Ordinal);
    private readonly Regex regex;

    private GoRegexp(string pattern)
    {
        try
        {
            regex = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (RegexParseException e)
        {
            throw new GoPanicException("error parsing regexp: " + Reason(pattern, e));
        }
        catch (NotSupportedException)
        {
            throw new GoPanicException($"error parsing regexp: invalid or unsupported Perl syntax: `{LookAround(pattern)}`");
        }
    }

    /// <exception cref="GoPanicException">"error parsing regexp: …" when the pattern is none.</exception>
    public static GoRegexp Compile(string pattern) => Compiled.GetOrAdd(pattern, static text => new GoRegexp(text));

    /// <summary>Whether the text contains a match.</summary>
    public bool IsMatch(string text) => regex.IsMatch(text);

    private static string Translate(string pattern)
    {
        var multiline = pattern.StartsWith("(?", StringComparison.Ordinal) && pattern.Split(')')[0].Contains('m');
        var result = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(Escape(pattern[++i], inClass));
                continue;
            }
            result.Append(c switch
            {
                '$' when !inClass && !multiline => @"\z",
                '(' when !inClass && string.CompareOrdinal(pattern, i, "(?P<", 0, 4) == 0 => "(",
                'P' when !inClass && i >= 2 && string.CompareOrdinal(pattern, i - 2, "(?P<", 0, 4) == 0 => "",
                '[' when inClass && i + 1 < pattern.Length && pattern[i + 1] == ':' => PosixClass(pattern, ref i),
                '[' when inClass => @"\[",
                _ => c.ToString(),
            });
            inClass = c switch
            {
                '[' => true,
                ']' when inClass && !IsFirstOfClass(pattern, i) => false,
                _ => inClass,
            };
        }
        return result.ToString();
    }

    private static string Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'D' when !inClass => "[^0-9]",
        'w' => inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]",
        'W' when !inClass => "[^0-9A-Za-z_]",
        's' => inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]",
        'S' when !inClass => @"[^\t\n\f\r ]",
        'z' => @"\z",
        _ => "\\" + c,
    };

    private static bool IsFirstOfClass(string pattern, int index) =>
        pattern[index - 1] == '[' || (pattern[index - 1] == '^' && index >= 2 && pattern[index - 2] == '[');

    private static string PosixClass(string pattern, ref int index)
    {
        var end = pattern.IndexOf(":]", index, StringComparison.Ordinal);
        if (end < 0)
        {
            return @"\[";
        }
        var name = pattern[(index + 2)..end];
        index = end + 1;
        return name switch
        {
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "alnum" => "0-9A-Za-z",
            "upper" => "A-Z",
            "lower" => "a-z",
            "space" => @"\t\n\v\f\r ",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            "punct" => @"!-/:-@\[-`{-~",
            _ => throw new GoPanicException($"error parsing regexp: invalid character class range: `[:{name}:]`"),
        };
    }

    private static string Reason(string pattern, RegexParseException e) => e.Error switch
    {
        RegexParseError.InsufficientClosingParentheses => $"missing closing ): `{pattern}`",
        RegexParseError.InsufficientOpeningParentheses => $"unexpected ): `{pattern}`",
        RegexParseError.UnterminatedBracket => $"missing closing ]: `{pattern[pattern.LastIndexOf('[')..]}`",
        RegexParseError.QuantifierAfterNothing => $"missing argument to repetition operator: `{QuantifierAt(pattern)}`",
        RegexParseError.NestedQuantifiersNotParenthesized => $"invalid nested repetition operator: `{Nested(pattern)}`",
        RegexParseError.ReversedCharacterRange => $"invalid character class range: `{Range(pattern)}`",
        RegexParseError.UnescapedEndingBackslash => "trailing backslash at end of expression: ``",
        RegexParseError.ReversedQuantifierRange => $"invalid repeat count: `{pattern[pattern.IndexOf('{')..(pattern.IndexOf('}') + 1)]}`",
        RegexParseError.UnrecognizedEscape => $"invalid escape sequence: `{Regex.Match(e.Message, @"\\.", RegexOptions.None, TimeSpan.FromSeconds(1)).Value}`",
        _ => $"invalid or unsupported Perl syntax: `{pattern}`",
    };

    private static char QuantifierAt(string pattern) => pattern.FirstOrDefault(c => c is '*' or '+' or '?', '*');

    private static string Nested(string pattern) => Regex.Match(pattern, @"[*+?]{2,}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    private static string Range(string pattern)
    {
        for (var i = 1; i < pattern.Length - 1; i++)
        {
            if (pattern[i] == '-' && pattern[i - 1] > pattern[i + 1])
            {
                return pattern[(i - 1)..(i + 2)];
            }
        }
        return pattern;
    }

    private static string LookAround(string pattern) =>
        new[] { "(?=", "(?!", "(?<=", "(?<!", "(?>" }.FirstOrDefault(start => pattern.Contains(start)) is { } found ? (found.Length == 4 ? "(?<" : found) : pattern;
}
