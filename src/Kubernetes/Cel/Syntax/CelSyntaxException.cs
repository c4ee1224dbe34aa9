namespace Kubernetes.Cel.Syntax;

/// <summary>The text is no expression, or one that cannot be meant; in the form of cel-go's error reports.</summary>
public sealed class CelSyntaxException(string text, int position, string problem) : Exception(Report(text, position, problem))
{
    private static string Report(string text, int position, string problem)
    {
        var at = Math.Clamp(position, 0, text.Length);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at) is >= 0 and var found ? found : text.Length;
        var line = text.AsSpan(0, start).Count('\n') + 1;
        return $"ERROR: <input>:{line}:{at - start + 1}: {problem}\n | {text[start..end]}\n | {new string('.', at - start)}^";
    }
}
