using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.OpenApi.V2;

/// <summary>
/// Schemas of OpenAPI v3 in the smaller language of v2, which knows no alternatives and no null. What it cannot say becomes wider, never
/// narrower, because old clients refuse what the schema does not allow (apiextensions-apiserver controller/openapi/v2/conversion.go).
/// </summary>
internal static class SwaggerSchemas
{
    private static readonly string[] Unknown = ["oneOf", "anyOf", "not", "nullable"];
    private static readonly string[] Shape = ["type", "items", "properties", "additionalProperties"];

    /// <summary>A copy of <paramref name="schema"/> in the language of v2.</summary>
    public static JsonObject Convert(JsonObject schema)
    {
        var converted = new JsonObject();
        foreach (var (name, value) in schema)
        {
            converted[name] = Member(name, value);
        }
        if (schema["allOf"] is JsonArray { Count: 1 } only && only[0].Text("$ref") is { } reference)
        {
            converted["$ref"] = reference;
        }
        converted.Remove("allOf");
        if (schema.Flag("x-kubernetes-int-or-string") == true)
        {
            converted.Remove("type");
        }
        else if (schema["oneOf"] is JsonArray && schema.Text("format") is { } format)
        {
            converted["type"] = "string";
            Keep(converted, "format", format == "int-or-string");
        }
        if (schema.Flag("nullable") == true || schema.Flag("x-kubernetes-preserve-unknown-fields") == true)
        {
            Drop(converted, Shape);
        }
        Drop(converted, Unknown);
        return converted;
    }

    private static JsonNode? Member(string name, JsonNode? value) => (name, value) switch
    {
        ("properties", JsonObject members) => new JsonObject([.. members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)(member.Value is JsonObject schema ? Convert(schema) : [])))]),
        ("items" or "additionalProperties", JsonObject schema) => Convert(schema),
        _ => value?.DeepClone(),
    };

    private static void Keep(JsonObject schema, string member, bool keep)
    {
        if (!keep)
        {
            schema.Remove(member);
        }
    }

    private static void Drop(JsonObject schema, string[] members)
    {
        foreach (var member in members)
        {
            schema.Remove(member);
        }
    }
}
