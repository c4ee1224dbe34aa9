using System.Text.RegularExpressions;

namespace EmbeddedCluster.Images.Prometheus.PromQl;

/// <summary>Splits a query into tokens as Prometheus does (<c>promql/parser/lex.go</c>): inside brackets a colon stands alone, outside it belongs to names.</summary>
internal static partial class PromQlLexer
{
    /// <returns>The tokens, or null when the text is no PromQL: an unclosed string or bracket, a number with letters, a strange character.</returns>
    public static IReadOnlyList<PromQlToken>? Tokenize(string query)
    {
        var tokens = new List<PromQlToken>();
        var inBrackets = false;
        for (var at = 0; at < query.Length; at += tokens[^1].Text.Length)
        {
            if (Next(query, at, inBrackets) is not { } token)
            {
                return null;
            }

            inBrackets = token.Is("[") || (inBrackets && !token.Is("]"));
            tokens.Add(token);
        }

        return inBrackets ? null : tokens;
    }

    private static PromQlToken? Next(string query, int at, bool inBrackets)
        => query[at] switch
        {
            ' ' or '\t' or '\r' or '\n' or '#' => Token(Space(), PromQlKind.Space, query, at),
            '"' or '\'' or '`' => Token(String(), PromQlKind.String, query, at),
            >= '0' and <= '9' => Token(Duration(), PromQlKind.Duration, query, at) ?? Token(Number(), PromQlKind.Number, query, at),
            '.' => Token(Number(), PromQlKind.Number, query, at),
            ':' when inBrackets => new PromQlToken(PromQlKind.Punctuation, ":"),
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or ':' => Token(inBrackets ? Word() : Name(), PromQlKind.Identifier, query, at),
            var other => "()[]{},=!~<>+-*/%^@".Contains(other) ? new PromQlToken(PromQlKind.Punctuation, other.ToString()) : null,
        };

    private static PromQlToken? Token(Regex pattern, PromQlKind kind, string query, int at)
        => pattern.Match(query, at) is { Success: true } match ? new PromQlToken(kind, match.Value) : null;

    [GeneratedRegex(@"\G(?:[ \t\r\n]+|#[^\r\n]*)+")]
    private static partial Regex Space();

    [GeneratedRegex("""\G(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`)""")]
    private static partial Regex String();

    [GeneratedRegex(@"\G(?:[0-9]+(?:ms|[smhdwy]))+(?![A-Za-z0-9_])")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\G(?:0[xX][0-9a-fA-F_]+|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?)(?![A-Za-z0-9_.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\G[A-Za-z_:][A-Za-z0-9_:]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
