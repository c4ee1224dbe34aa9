using System.Globalization;
using System.Text;

namespace ArgoRollouts.Analysis.Go;

/// <summary>strconv.Quote and the %q of fmt.</summary>
public static class GoQuote
{
    /// <summary>The text between double quotes, with control characters, quotes and backslashes escaped.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(Escape(rune));
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>What lies between the quotes: upstream substitutes it into the JSON of a metric.</summary>
    public static string Escaped(string text) => Quote(text)[1..^1];

    private static string Escape(Rune rune) => rune.Value switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        _ when IsPrintable(rune) => rune.ToString(),
        < 0x20 or 0x7f => "\\x" + rune.Value.ToString("x2", CultureInfo.InvariantCulture),
        < 0x10000 => "\\u" + rune.Value.ToString("x4", CultureInfo.InvariantCulture),
        _ => "\\U" + rune.Value.ToString("x8", CultureInfo.InvariantCulture),
    };

    /// <summary>unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
