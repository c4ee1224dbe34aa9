using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ArgoCd.Comparison;

/// <summary>A path into an object, from a JSON pointer or from a plain jq path.</summary>
internal sealed partial class JsonPathTokens
{
    private readonly IReadOnlyList<Token> _tokens;

    private JsonPathTokens(IReadOnlyList<Token> tokens) => _tokens = tokens;

    /// <summary>RFC 6901, e.g. <c>/spec/replicas</c>; null when it is not one.</summary>
    public static JsonPathTokens? FromPointer(string pointer)
        => pointer.StartsWith('/')
            ? new JsonPathTokens([.. pointer[1..].Split('/').Select(token => new Token(token.Replace("~1", "/").Replace("~0", "~"), null, null))])
            : null;

    /// <summary>
    /// The paths of jq that select fields: <c>.a.b</c>, <c>."a b"</c>, <c>.a[]</c>, <c>.a[0]</c>, <c>.a[] | select(.name == "x")</c>.
    /// Null for anything more.
    /// </summary>
    public static JsonPathTokens? FromJq(string expression)
    {
        var tokens = new List<Token>();
        var rest = expression.Trim();
        while (rest.Length > 0)
        {
            var match = JqStep().Match(rest);
            if (!match.Success)
            {
                return null;
            }

            tokens.Add(match.Groups switch
            {
                var groups when groups["quoted"].Success => new Token(groups["quoted"].Value, null, null),
                var groups when groups["name"].Success => new Token(groups["name"].Value, null, null),
                var groups when groups["index"].Success => new Token(groups["index"].Value, null, null),
                var groups when groups["field"].Success => new Token(null, groups["field"].Value, groups["value"].Value),
                _ => new Token(null, null, null),
            });
            rest = rest[match.Length..].TrimStart().TrimStart('|').TrimStart();
        }

        return tokens.Count == 0 ? null : new JsonPathTokens(tokens);
    }

    public void RemoveFrom(JsonNode root) => Remove(root, 0);

    /// <summary>Gives <paramref name="to"/> the values that <paramref name="from"/> has at the path; what it lacks there is removed.</summary>
    public void Copy(JsonNode from, JsonNode to) => Copy(from, to, 0);

    private void Copy(JsonNode? from, JsonNode? to, int depth)
    {
        var (last, token) = (depth == _tokens.Count - 1, _tokens[depth]);
        switch (from, to)
        {
            case (JsonObject source, JsonObject target) when token.Name is { } name:
                if (!last)
                {
                    Copy(source[name], target[name], depth + 1);
                }
                else if (source.ContainsKey(name))
                {
                    target[name] = source[name]?.DeepClone();
                }
                else
                {
                    target.Remove(name);
                }

                break;
            case (JsonArray source, JsonArray target) when !last:
                foreach (var (one, other) in Selected(source, token).Zip(Selected(target, token)).ToList())
                {
                    Copy(one, other, depth + 1);
                }

                break;
        }
    }

    private static IEnumerable<JsonNode?> Selected(JsonArray list, Token token) => list.Where((item, index) => token.Selects(item, index));

    private void Remove(JsonNode? node, int depth)
    {
        if (node is null)
        {
            return;
        }

        var (last, token) = (depth == _tokens.Count - 1, _tokens[depth]);
        switch (node)
        {
            case JsonObject map when token.Name is { } name:
                if (last)
                {
                    map.Remove(name);
                }
                else
                {
                    Remove(map[name], depth + 1);
                }

                break;
            case JsonArray list:
                for (var index = list.Count - 1; index >= 0; index--)
                {
                    if (!token.Selects(list[index], index))
                    {
                        continue;
                    }

                    if (last)
                    {
                        list.RemoveAt(index);
                    }
                    else
                    {
                        Remove(list[index], depth + 1);
                    }
                }

                break;
        }
    }

    [GeneratedRegex("""^(?:\.?\[\]\s*\|\s*select\(\s*\.(?<field>\w+)\s*==\s*"(?<value>[^"]*)"\s*\)|\.?\["(?<quoted>[^"]*)"\]|\."(?<quoted>[^"]*)"|\.?\[(?<index>\d+)\]|\.?\[\]|\.(?<name>[\w-]+))""", RegexOptions.ExplicitCapture)]
    private static partial Regex JqStep();

    private sealed record Token(string? Name, string? Field, string? Value)
    {
        public bool Selects(JsonNode? item, int index) => (Name, Field) switch
        {
            ({ } name, _) => name == index.ToString(CultureInfo.InvariantCulture),
            (_, { } field) => (item as JsonObject)?[field]?.ToString() == Value,
            _ => true,
        };
    }
}
