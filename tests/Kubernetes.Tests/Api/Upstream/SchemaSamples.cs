using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api.Upstream;

/// <summary>Makes objects from the schema of a definition: one that has every field, and from it many with one field of a wrong type.</summary>
internal static class SchemaSamples
{
    /// <summary>A value with all that the schema names.</summary>
    public static JsonNode Full(JsonObject schema)
    {
        if (schema["x-kubernetes-int-or-string"]?.GetValue<bool>() == true)
        {
            return 1;
        }
        if (schema["enum"] is JsonArray { Count: > 0 } choices)
        {
            return choices[0]!.DeepClone();
        }
        return Type(schema) switch
        {
            "object" => Object(schema),
            "array" => new JsonArray(schema["items"] is JsonObject items ? Full(items) : JsonValue.Create("a")),
            "integer" => schema["minimum"]?.DeepClone() ?? 1,
            "number" => 1.5,
            "boolean" => true,
            "string" => schema["format"]?.GetValue<string>() switch { "date-time" => "2026-01-01T00:00:00Z", "byte" => "YQ==", _ => "a" },
            _ => new JsonObject(),
        };
    }

    /// <summary>The places at which the schema states a type, as the steps that lead there, and a value of another type.</summary>
    public static IEnumerable<(IReadOnlyList<string> Path, JsonNode Wrong)> Wrong(JsonObject schema, IReadOnlyList<string>? path = null)
    {
        path ??= [];
        if (path.Count > 0 && WrongFor(schema) is { } wrong)
        {
            yield return (path, wrong);
        }
        var below = (schema["properties"] as JsonObject ?? []).Select(property => (Step: property.Key, Schema: property.Value as JsonObject))
            .Append((Step: "key", Schema: schema["additionalProperties"] as JsonObject))
            .Append((Step: "0", Schema: Type(schema) == "array" ? schema["items"] as JsonObject : null));
        foreach (var inner in below.Where(member => member.Schema is not null).SelectMany(member => Wrong(member.Schema!, [.. path, member.Step])))
        {
            yield return inner;
        }
    }

    /// <summary>A copy with another value at one place.</summary>
    public static JsonNode With(JsonNode sample, IReadOnlyList<string> path, JsonNode value)
    {
        var copy = sample.DeepClone();
        var at = copy;
        foreach (var step in path.SkipLast(1))
        {
            at = at is JsonArray list ? list[0]! : at[step]!;
        }
        if (at is JsonArray items)
        {
            items[0] = value.DeepClone();
        }
        else
        {
            at[path[^1]] = value.DeepClone();
        }
        return copy;
    }

    private static JsonObject Object(JsonObject schema)
    {
        var sample = new JsonObject();
        foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
        {
            sample[name] = Full((JsonObject)property!);
        }
        if (schema["additionalProperties"] is JsonObject values)
        {
            sample["key"] = Full(values);
        }
        foreach (var needed in (schema["required"] as JsonArray ?? []).Select(name => name!.GetValue<string>()).Where(name => !sample.ContainsKey(name)).ToList())
        {
            sample[needed] = new JsonObject(); // asked for, and not described
        }
        return sample;
    }

    private static JsonNode? WrongFor(JsonObject schema) => schema["x-kubernetes-int-or-string"]?.GetValue<bool>() == true ? true : Type(schema) switch
    {
        "string" => 5,
        "integer" or "number" or "boolean" or "object" or "array" => "wrong",
        _ => null,
    };

    private static string? Type(JsonObject schema) => schema["type"]?.GetValue<string>();
}
