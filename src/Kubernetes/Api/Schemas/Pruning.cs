using System.Text.Json.Nodes;

namespace Kubernetes.Api.Schemas;

/// <summary>Removes members that a schema does not know and tells their paths, as upstream's decoders report them.</summary>
internal static class Pruning
{
    public static void Prune(JsonNode? node, Schema schema, List<string> unknown) => Walk(node, schema, "", unknown, preserving: false);

    private static void Walk(JsonNode? node, Schema schema, string path, List<string> unknown, bool preserving)
    {
        // inside a subtree that keeps unknown members, known ones are pruned again
        preserving = schema.PreserveUnknown || (preserving && schema.Fields.Count == 0 && schema.Type == SchemaType.Any);
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToArray())
                {
                    var at = path.Length == 0 ? name : $"{path}.{name}";
                    if (schema.Fields.TryGetValue(name, out var field))
                    {
                        Walk(value, field.Schema, at, unknown, preserving);
                    }
                    else if (schema.Additional is { } additional)
                    {
                        Walk(value, additional.Value, at, unknown, preserving);
                    }
                    else if (!preserving)
                    {
                        map.Remove(name);
                        unknown.Add(at);
                    }
                }
                break;
            case JsonArray list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Walk(list[i], items.Value, $"{path}[{i}]", unknown, preserving);
                }
                break;
        }
    }
}
