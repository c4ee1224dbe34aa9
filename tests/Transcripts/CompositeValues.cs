using System.Text;
using System.Text.RegularExpressions;

namespace Transcripts;

/// <summary>
/// Values in the messages of refused fields that are no scalars become <c>&lt;value&gt;</c>: servers before 1.32 print them as Go does
/// (<c>map[string]string{"a":"b"}</c>, <c>core.ServicePort{…}</c>, with addresses of memory), later ones as JSON.
/// </summary>
internal static partial class CompositeValues
{
    public static string Replace(string message)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (Match start in Start().Matches(message))
        {
            if (start.Index < at)
            {
                continue;
            }

            var value = start.Groups["value"].Index;
            result.Append(message, at, value - at).Append("<value>");
            at = End(message, value);
        }

        return result.Append(message, at, message.Length - at).ToString();
    }

    /// <summary>Behind the bracket that closes the first one; brackets inside of quotes do not count.</summary>
    private static int End(string message, int from)
    {
        var depth = 0;
        var quoted = false;
        for (var i = from; i < message.Length; i++)
        {
            if (message[i] == '"' && message[i - 1] != '\\')
            {
                quoted = !quoted;
            }
            else if (!quoted && message[i] is '{' or '[' or '(')
            {
                depth++;
            }
            // a Go type such as map[string]string or []v1.Port has brackets of its own before those of its value
            else if (!quoted && message[i] is '}' or ']' or ')' && --depth == 0 && (i + 1 == message.Length || message[i + 1] is ':' or ',' or ']' or ' '))
            {
                return i + 1;
            }
        }

        return message.Length;
    }

    [GeneratedRegex(@"(Invalid|Duplicate|Unsupported) value: (?<value>&?(map\[|\[|\{|[a-z]\w*\.[A-Z]))", RegexOptions.ExplicitCapture)]
    private static partial Regex Start();
}
