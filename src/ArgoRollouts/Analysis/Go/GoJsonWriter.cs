using System.Globalization;
using System.Text;

namespace ArgoRollouts.Analysis.Go;

/// <summary>
/// encoding/json's Marshal: keys sorted, &lt; &gt; &amp; escaped, numbers as Go writes them. The value of a web measurement is recorded so.
/// </summary>
public static class GoJsonWriter
{
    /// <param name="value">A value of an expression.</param>
    /// <param name="indent">Indentation of one level as MarshalIndent takes it; null for one line without spaces.</param>
    /// <exception cref="GoPanicException">A value JSON has no form for: NaN, infinities, maps whose keys are not strings.</exception>
    public static string Write(object? value, string? indent = null)
    {
        var text = new StringBuilder();
        Append(text, value, indent, "\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, string? indent, string newLine)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case double number:
                text.Append(GoFloat.Json(number));
                break;
            case string item:
                AppendString(text, item);
                break;
            case Duration duration:
                text.Append(duration.Nanoseconds);
                break;
            case DateTimeOffset time:
                AppendString(text, GoTimeLayout.Parse("2006-01-02T15:04:05.999999999Z07:00").Format(time));
                break;
            case Dictionary<string, object?> map:
                var entries = map.OrderBy(e => e.Key, Comparer<string>.Create(GoText.Compare)).ToList();
                AppendItems(text, '{', '}', entries, indent, newLine, (entry, inner) =>
                {
                    AppendString(text, entry.Key);
                    text.Append(indent is null ? ":" : ": ");
                    Append(text, entry.Value, indent, inner);
                });
                break;
            case Array items:
                AppendItems(text, '[', ']', items.Cast<object?>().ToList(), indent, newLine, (item, inner) => Append(text, item, indent, inner));
                break;
            case nint or long or byte:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new GoPanicException($"json: unsupported type: {GoType.NameOfValue(value)}");
        }
    }

    private static void AppendItems<T>(StringBuilder text, char open, char close, List<T> items, string? indent, string newLine, Action<T, string> append)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(indent is null ? "" : newLine + indent);
            append(items[i], newLine + indent);
        }
        text.Append(indent is null || items.Count == 0 ? "" : newLine).Append(close);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }
        text.Append('"');
    }
}
