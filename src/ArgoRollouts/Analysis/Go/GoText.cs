using System.Text;

namespace ArgoRollouts.Analysis.Go;

/// <summary>Strings as Go sees them: sequences of UTF-8 bytes. Length, positions and slices count bytes.</summary>
public static class GoText
{
    public static int Length(string text) => Encoding.UTF8.GetByteCount(text);

    public static byte ByteAt(string text, int index) => Encoding.UTF8.GetBytes(text)[index];

    public static string Slice(string text, int from, int to) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(from, to - from));

    public static nint IndexOf(string text, string part) => Position(text, text.IndexOf(part, StringComparison.Ordinal));

    public static nint LastIndexOf(string text, string part) =>
        part.Length == 0 ? Length(text) : Position(text, text.LastIndexOf(part, StringComparison.Ordinal));

    public static int Compare(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    /// <summary>strings.SplitN, and SplitAfterN when the separator stays with its part: at most count parts, all when negative.</summary>
    public static string[] Split(string text, string separator, nint count, bool keepSeparator)
    {
        if (count == 0)
        {
            return [];
        }
        if (separator.Length == 0)
        {
            var runes = text.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
            return count < 0 || runes.Length <= count ? runes : [.. runes.Take((int)count - 1), string.Concat(runes.Skip((int)count - 1))];
        }
        var parts = count < 0 ? text.Split(separator) : text.Split(separator, (int)Math.Min(count, int.MaxValue));
        return keepSeparator ? [.. parts.Select((part, i) => i < parts.Length - 1 ? part + separator : part)] : parts;
    }

    /// <summary>strings.Replace: the first count occurrences, all when negative.</summary>
    public static string Replace(string text, string old, string replacement, nint count)
    {
        if (count < 0 && old.Length > 0)
        {
            return text.Replace(old, replacement, StringComparison.Ordinal);
        }
        if (old.Length == 0)
        {
            return ReplaceBetween(text, replacement, count);
        }
        var result = new StringBuilder();
        var from = 0;
        for (var at = text.IndexOf(old, StringComparison.Ordinal); at >= 0 && count-- > 0; at = text.IndexOf(old, from, StringComparison.Ordinal))
        {
            result.Append(text, from, at - from).Append(replacement);
            from = at + old.Length;
        }
        return result.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>An empty string to replace stands before every rune and at the end.</summary>
    private static string ReplaceBetween(string text, string replacement, nint count)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(count != 0 ? replacement : "").Append(rune);
            count = count > 0 ? count - 1 : count;
        }
        return result.Append(count != 0 ? replacement : "").ToString();
    }

    private static nint Position(string text, int index) => index < 0 ? -1 : Encoding.UTF8.GetByteCount(text.AsSpan(0, index));
}
