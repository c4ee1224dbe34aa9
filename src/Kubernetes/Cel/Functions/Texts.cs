using System.Text;
using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Texts as CEL counts them: in code points.</summary>
internal static class Texts
{
    public static string Of(object? value) => value as string ?? throw CelException.NoOverload();

    public static long Length(string text) => text.EnumerateRunes().Count();

    /// <summary>From where a code point stands among all to where it stands in the string; -1 and beyond the end are errors.</summary>
    public static int At(string text, long index)
    {
        var at = 0;
        var left = index;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left == 0)
            {
                return at;
            }
            left--;
            at += rune.Utf16SequenceLength;
        }
        return left == 0 ? at : throw new CelException($"index out of range: {index}");
    }

    /// <summary>The reverse of <see cref="At"/>; -1 stays.</summary>
    public static long Points(string text, int at) => at < 0 ? -1 : Length(text[..at]);

    public static string Point(string text, long index) => At(text, index) is var at && at == text.Length ? "" : Rune.GetRuneAt(text, at).ToString();
}
