using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>The message openapi.v2.Schema.</summary>
internal static class SwaggerSchemaMessage
{
    private static readonly (string Name, int Field)[] Texts = [("$ref", 1), ("format", 2), ("title", 3), ("description", 4), ("pattern", 13)];
    private static readonly (string Name, int Field)[] Numbers = [("multipleOf", 6), ("maximum", 7), ("minimum", 9)];
    private static readonly (string Name, int Field)[] Flags = [("exclusiveMaximum", 8), ("exclusiveMinimum", 10), ("uniqueItems", 16)];

    private static readonly (string Name, int Field)[] Counts =
        [("maxLength", 11), ("minLength", 12), ("maxItems", 14), ("minItems", 15), ("maxProperties", 17), ("minProperties", 18)];

    public static SwaggerMessage Of(JsonObject schema)
    {
        var message = new SwaggerMessage();
        foreach (var (name, field) in Texts)
        {
            message.Text(field, schema.Text(name));
        }
        if (schema["default"] is { } value)
        {
            message.Message(5, Any(value));
        }
        foreach (var (name, field) in Numbers)
        {
            message.Number(field, schema[name].AsDouble());
        }
        foreach (var (name, field) in Flags)
        {
            message.Flag(field, schema.Flag(name) == true);
        }
        foreach (var (name, field) in Counts)
        {
            message.Count(field, schema.Number(name));
        }
        Shape(message, schema);
        Extensions(message, 31, schema);
        return message;
    }

    /// <summary>Definitions and Properties: names with their schemas.</summary>
    public static SwaggerMessage Named(JsonObject schemas)
    {
        var message = new SwaggerMessage();
        foreach (var (name, schema) in schemas)
        {
            message.Message(1, new SwaggerMessage().Text(1, name).Message(2, Of(schema as JsonObject ?? [])));
        }
        return message;
    }

    /// <summary>Members whose names begin with x-.</summary>
    public static void Extensions(SwaggerMessage message, int field, JsonObject source)
    {
        foreach (var (name, value) in source.Where(member => member.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            message.Message(field, new SwaggerMessage().Text(1, name).Message(2, Any(value!)));
        }
    }

    private static void Shape(SwaggerMessage message, JsonObject schema)
    {
        foreach (var name in schema.Texts("required"))
        {
            message.Text(19, name);
        }
        foreach (var value in schema.Array("enum")?.OfType<JsonNode>() ?? [])
        {
            message.Message(20, Any(value));
        }
        switch (schema["additionalProperties"])
        {
            case JsonObject values:
                message.Message(21, new SwaggerMessage().Message(1, Of(values)));
                break;
            case JsonValue allowed when allowed.TryGetValue<bool>(out var any):
                message.Message(21, new SwaggerMessage().Choice(2, any));
                break;
        }
        if (schema.Text("type") is { } type)
        {
            message.Message(22, new SwaggerMessage().Text(1, type));
        }
        if (schema.Object("items") is { } items)
        {
            message.Message(23, new SwaggerMessage().Message(1, Of(items)));
        }
        if (schema.Object("properties") is { } properties)
        {
            message.Message(25, Named(properties));
        }
        if (schema["example"] is { } example)
        {
            message.Message(30, Any(example));
        }
    }

    private static SwaggerMessage Any(JsonNode value) => new SwaggerMessage().Text(2, Encoding.UTF8.GetString(CanonicalJson.WritePlain(value)) + "\n");
}
