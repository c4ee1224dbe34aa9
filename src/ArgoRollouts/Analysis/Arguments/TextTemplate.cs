using System.Text;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>Text with tags such as {{ args.name }} (utils/template/template.go, on fasttemplate).</summary>
internal static class TextTemplate
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>Puts values in place of tags; blanks around a tag's name do not count.</summary>
    /// <exception cref="AnalysisException">A tag is not closed, or there is no value for one; of several the last is named.</exception>
    public static string Substitute(string template, IReadOnlyDictionary<string, string> values)
    {
        var result = new StringBuilder(template.Length);
        string? unresolved = null;
        var position = 0;
        for (var open = Next(template, 0); open >= 0; open = Next(template, position))
        {
            result.Append(template, position, open - position);
            var start = open + Open.Length;
            var close = template.IndexOf(Close, start, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new AnalysisException(
                    $"Cannot find end tag={GoQuote.Quote(Close)} in the template={GoQuote.Quote(template)} starting from {GoQuote.Quote(template[start..])}");
            }
            var tag = template[start..close];
            if (values.TryGetValue(tag.Trim(), out var value))
            {
                result.Append(value);
            }
            else
            {
                unresolved = tag;
            }
            position = close + Close.Length;
        }
        result.Append(template, position, template.Length - position);
        return unresolved is null ? result.ToString() : throw new AnalysisException($"failed to resolve {{{{{unresolved}}}}}");
    }

    private static int Next(string template, int from) => template.IndexOf(Open, from, StringComparison.Ordinal);
}
