using System.Text.RegularExpressions;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Texts: the standard functions, cel-go's strings extension, Kubernetes' regex library.</summary>
internal static class StringFunctions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions, Dictionary<string, Func<object?[], object?>> members)
    {
        members["contains"] = functions["contains"] = values => Texts.Of(values[0]).Contains(Texts.Of(values[1]), StringComparison.Ordinal);
        members["startsWith"] = values => Texts.Of(values[0]).StartsWith(Texts.Of(values[1]), StringComparison.Ordinal);
        members["endsWith"] = values => Texts.Of(values[0]).EndsWith(Texts.Of(values[1]), StringComparison.Ordinal);
        members["matches"] = functions["matches"] = values => Pattern(values[1]).IsMatch(Texts.Of(values[0]));
        members["charAt"] = values => Texts.Point(Texts.Of(values[0]), Number(values[1]));
        members["lowerAscii"] = values => string.Concat(Texts.Of(values[0]).Select(c => char.IsAscii(c) ? char.ToLowerInvariant(c) : c));
        members["upperAscii"] = values => string.Concat(Texts.Of(values[0]).Select(c => char.IsAscii(c) ? char.ToUpperInvariant(c) : c));
        members["trim"] = values => Texts.Of(values[0]).Trim();
        members["reverse"] = values => string.Concat(Texts.Of(values[0]).EnumerateRunes().Reverse());
        members["replace"] = values => Replace(Texts.Of(values[0]), Texts.Of(values[1]), Texts.Of(values[2]), values.Length > 3 ? Number(values[3]) : -1);
        members["split"] = values => Split(Texts.Of(values[0]), Texts.Of(values[1]), values.Length > 2 ? Number(values[2]) : -1);
        members["substring"] = values => Substring(Texts.Of(values[0]), Number(values[1]), values.Length > 2 ? Number(values[2]) : null);
        members["join"] = values => string.Join(values.Length > 1 ? Texts.Of(values[1]) : "", List(values[0]).Select(Texts.Of));
        members["format"] = values => Formatting.Format(Texts.Of(values[0]), List(values[1]));
        functions["strings.quote"] = values => $"\"{Texts.Of(values[0]).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\t", "\\t").Replace("\r", "\\r")}\"";
        members["find"] = values => Pattern(values[1]).Match(Texts.Of(values[0])).Value;
        members["findAll"] = values => Pattern(values[1]).Matches(Texts.Of(values[0])).Take(values.Length > 2 && Number(values[2]) >= 0 ? (int)Number(values[2]) : int.MaxValue)
            .Select(object? (match) => match.Value).ToList();
    }

    internal static long Number(object? value) => value as long? ?? throw CelException.NoOverload();

    private static IReadOnlyList<object?> List(object? value) => value as IReadOnlyList<object?> ?? throw CelException.NoOverload();

    // RE2 has neither look-around nor back-references; nor has this engine of .NET
    private static Regex Pattern(object? pattern)
    {
        try
        {
            return new Regex(Texts.Of(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new CelException($"error parsing regexp: {e.Message}");
        }
    }

    private static string Replace(string text, string old, string @new, long count)
    {
        if (count < 0 || old.Length == 0)
        {
            return old.Length == 0 ? text : text.Replace(old, @new, StringComparison.Ordinal);
        }
        var result = new System.Text.StringBuilder();
        var at = 0;
        while (count-- > 0 && text.IndexOf(old, at, StringComparison.Ordinal) is >= 0 and var found)
        {
            result.Append(text, at, found - at).Append(@new);
            at = found + old.Length;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static List<object?> Split(string text, string separator, long limit) => limit == 0 ? []
        : separator.Length == 0 ? [.. text.EnumerateRunes().Select(rune => rune.ToString())]
        : [.. text.Split(separator, limit < 0 ? int.MaxValue : (int)limit)];

    private static string Substring(string text, long start, long? end)
    {
        if (end < start)
        {
            throw new CelException($"invalid substring range. start: {start}, end: {end}");
        }
        var from = Texts.At(text, start);
        return end is { } last ? text[from..Texts.At(text, last)] : text[from..];
    }
}
