using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>
/// The part of JSONPath that printer columns use: .a.b, ['a'], [0], [*], [?(@.type=="Ready")].
/// </summary>
internal sealed class JsonPath
{
    private readonly List<Func<JsonNode?, IEnumerable<JsonNode?>>> steps = [];

    public static JsonPath Parse(string text)
    {
        var path = new JsonPath();
        var position = 0;
        while (position < text.Length)
        {
            if (text[position] == '[')
            {
                var end = text.IndexOf(']', position);
                end = text[position..].StartsWith("[?(", StringComparison.Ordinal) ? text.IndexOf(")]", position, StringComparison.Ordinal) + 1 : end;
                if (end <= position)
                {
                    break;
                }
                path.AddBracket(text[(position + 1)..end]);
                position = end + 1;
            }
            else
            {
                position += text[position] is '.' or '$' ? 1 : 0;
                var name = Name(text, ref position);
                if (name.Length > 0)
                {
                    path.steps.Add(node => Member(node, name));
                }
            }
        }
        return path;
    }

    public IEnumerable<JsonNode?> Find(JsonNode root) =>
        steps.Aggregate<Func<JsonNode?, IEnumerable<JsonNode?>>, IEnumerable<JsonNode?>>([root], (nodes, step) => nodes.SelectMany(step));

    private static string Name(string text, ref int position)
    {
        var name = new StringBuilder();
        while (position < text.Length && text[position] is not ('.' or '['))
        {
            if (text[position] == '\\' && position + 1 < text.Length)
            {
                position++;
            }
            name.Append(text[position++]);
        }
        return name.ToString();
    }

    private void AddBracket(string inner)
    {
        if (inner == "*")
        {
            steps.Add(node => node switch { JsonArray list => list, JsonObject map => map.Select(member => member.Value), _ => [] });
        }
        else if (inner.StartsWith("?(", StringComparison.Ordinal))
        {
            AddFilter(inner[2..^1]);
        }
        else if (int.TryParse(inner, out var index))
        {
            steps.Add(node => node is JsonArray list && index < list.Count && index >= -list.Count ? [list[index < 0 ? list.Count + index : index]] : []);
        }
        else
        {
            var name = inner.Trim('\'', '"');
            steps.Add(node => Member(node, name));
        }
    }

    private void AddFilter(string condition)
    {
        var parts = condition.Split("==", 2);
        var left = Parse(parts[0].Trim().TrimStart('@'));
        var wanted = parts.Length == 2 ? parts[1].Trim().Trim('\'', '"') : null;
        steps.Add(node => node is JsonArray list
            ? list.Where(item => item is not null && left.Find(item).Any(value => wanted is null || value.Display() == wanted))
            : []);
    }

    private static IEnumerable<JsonNode?> Member(JsonNode? node, string name) =>
        node is JsonObject map && map.TryGetPropertyValue(name, out var value) ? [value] : [];
}
