using System.Text.RegularExpressions;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>Names of properties that are no identifiers in CEL: <c>foo-bar</c> is written <c>foo__dash__bar</c> (apiserver pkg/cel/escaping.go).</summary>
internal static partial class EscapedName
{
    public static string Unescape(string name) => !name.Contains("__", StringComparison.Ordinal) ? name : Escapes().Replace(name, escape => escape.Value switch
    {
        "__underscores__" => "__",
        "__dot__" => ".",
        "__dash__" => "-",
        "__slash__" => "/",
        var keyword => keyword[2..^2],
    });

    [GeneratedRegex("__(?:underscores|dot|dash|slash)__|^__(?:true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return)__$")]
    private static partial Regex Escapes();
}
