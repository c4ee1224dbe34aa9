using System.Text;
using System.Text.RegularExpressions;

namespace ArgoCd.Source;

/// <summary>Patterns of <c>directory.include</c> and <c>exclude</c>: <c>*</c>, <c>?</c>, and alternatives in braces.</summary>
internal static class GlobPattern
{
    public static bool Matches(string pattern, string path) => Regex.IsMatch(path, ToRegex(pattern), RegexOptions.ExplicitCapture);

    private static string ToRegex(string pattern)
    {
        var regex = new StringBuilder("^");
        var depth = 0;
        foreach (var character in pattern)
        {
            regex.Append(character switch
            {
                '*' => ".*", // also across folders, as upstream's glob without separators
                '?' => ".",
                '{' => "(?:",
                '}' when depth > 0 => ")",
                ',' when depth > 0 => "|",
                _ => Regex.Escape(character.ToString()),
            });
            depth += character switch
            {
                '{' => 1,
                '}' when depth > 0 => -1,
                _ => 0,
            };
        }

        return regex.Append('$').ToString();
    }
}
