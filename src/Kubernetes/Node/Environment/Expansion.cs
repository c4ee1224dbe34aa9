using System.Text;

namespace Kubernetes.Node.Environment;

/// <summary><c>$(NAME)</c> in values, commands and arguments; <c>$$(NAME)</c> stays as <c>$(NAME)</c> (<c>third_party/forked/golang/expansion</c>).</summary>
internal static class Expansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> environment)
    {
        if (!text.Contains('$'))
        {
            return text;
        }

        var result = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                result.Append(text[at]);
            }
            else if (text[at + 1] == '$')
            {
                result.Append('$');
                at++;
            }
            else if (text[at + 1] == '(' && text.IndexOf(')', at) is var end and > 0)
            {
                var name = text[(at + 2)..end];
                result.Append(environment.TryGetValue(name, out var value) ? value : $"$({name})");
                at = end;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }
}
