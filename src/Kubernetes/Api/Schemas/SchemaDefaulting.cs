using System.Text.Json.Nodes;

namespace Kubernetes.Api.Schemas;

/// <summary>Fills in the defaults of a structural schema; null for a field that may not be null counts as absent (apiextensions schema/defaulting).</summary>
internal static class SchemaDefaulting
{
    public static void Apply(JsonNode? node, Schema schema)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, field) in schema.Fields)
                {
                    Member(map, name, field.Schema);
                }
                if (schema.Additional is { } additional)
                {
                    foreach (var name in map.Select(member => member.Key).Where(name => !schema.Fields.ContainsKey(name)).ToArray())
                    {
                        Member(map, name, additional.Value);
                    }
                }
                break;
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                {
                    Apply(item, items.Value);
                }
                break;
        }
    }

    private static void Member(JsonObject map, string name, Schema schema)
    {
        if (map.TryGetPropertyValue(name, out var value) && value is null && !schema.Nullable && schema.Type != SchemaType.Any)
        {
            map.Remove(name);
        }
        if (schema.Default is not null && !map.ContainsKey(name))
        {
            map[name] = schema.Default.DeepClone();
        }
        if (map[name] is { } present)
        {
            Apply(present, schema);
        }
    }
}
