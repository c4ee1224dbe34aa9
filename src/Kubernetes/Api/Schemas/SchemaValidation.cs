using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Schemas.Rules;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Evaluation;

namespace Kubernetes.Api.Schemas;

/// <summary>Checks a custom resource against its structural schema, with the messages of kube-openapi's validator.</summary>
internal static class SchemaValidation
{
    public static void Check(JsonNode? value, JsonNode? old, Schema schema, string path, FieldErrors errors) =>
        Check(value, old, schema, path, errors, new Budget(ValidationRules.ObjectLimit));

    private static void Check(JsonNode? value, JsonNode? old, Schema schema, string path, FieldErrors errors, Budget budget)
    {
        if (value is null)
        {
            if (!schema.Nullable && schema.Type is not SchemaType.Any)
            {
                errors.Invalid(path, "null", $"{path} in body must be of type {TypeName(schema)}: \"null\"");
            }
            return;
        }
        if (!IsOfType(value, schema))
        {
            var actual = TypeName(value);
            errors.TypeInvalid(path, actual, $"{path} in body must be of type {TypeName(schema)}: \"{actual}\"");
            return;
        }
        if (schema.Constraints is { } constraints)
        {
            SchemaConstraints.Check(value, constraints, path, errors);
            ValidationRules.Check(value, old, schema, path, errors, budget);
        }
        switch (value)
        {
            case JsonObject map:
                Members(map, old as JsonObject, schema, path, errors, budget);
                break;
            case JsonArray list:
                Items(list, old as JsonArray, schema, path, errors, budget);
                break;
        }
    }

    private static void Members(JsonObject map, JsonObject? old, Schema schema, string path, FieldErrors errors, Budget budget)
    {
        foreach (var (name, field) in schema.Fields)
        {
            if (path.Length == 0 && name is "metadata" or "apiVersion" or "kind")
            {
                continue; // checked as every object's are
            }
            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (map.TryGetPropertyValue(name, out var value))
            {
                Check(value, old?[name], field.Schema, at, errors, budget);
            }
            else if (field.Required)
            {
                errors.Required(at);
            }
        }
        if (schema.Additional is { } additional)
        {
            foreach (var (name, value) in map.Where(member => !schema.Fields.ContainsKey(member.Key)))
            {
                Check(value, old?[name], additional.Value, $"{path}.{name}", errors, budget);
            }
        }
    }

    private static void Items(JsonArray list, JsonArray? old, Schema schema, string path, FieldErrors errors, Budget budget)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (schema.Items is { } items)
            {
                Check(list[i], Counterpart(list[i], old, schema), items.Value, $"{path}[{i}]", errors, budget);
            }
            if (schema.ListType != ListType.Atomic && list.Take(i).Any(earlier => SameItem(earlier, list[i], schema)))
            {
                errors.Duplicate($"{path}[{i}]", Identity(list[i], schema));
            }
        }
    }

    private static bool SameItem(JsonNode? left, JsonNode? right, Schema schema) => Identity(left, schema).SameAs(Identity(right, schema));

    private static JsonNode? Identity(JsonNode? item, Schema schema)
    {
        if (schema.ListType != ListType.Map)
        {
            return item?.DeepClone();
        }
        var identity = new JsonObject();
        foreach (var key in schema.MapKeys)
        {
            identity[key] = (item.At(key) ?? schema.Items?.Value.Fields.GetValueOrDefault(key)?.Schema.Default)?.DeepClone();
        }
        return identity;
    }

    private static JsonNode? Counterpart(JsonNode? item, JsonArray? old, Schema schema) =>
        schema.ListType == ListType.Map ? old?.FirstOrDefault(earlier => SameItem(earlier, item, schema)) : null;

    private static bool IsOfType(JsonNode value, Schema schema)
    {
        var kind = value.GetValueKind();
        return schema.Type switch
        {
            SchemaType.Object => kind == JsonValueKind.Object,
            SchemaType.Array => kind == JsonValueKind.Array,
            SchemaType.String => kind == JsonValueKind.String,
            SchemaType.Integer => kind == JsonValueKind.Number && value.AsNumber() is not null,
            SchemaType.Number => kind == JsonValueKind.Number,
            SchemaType.Boolean => kind is JsonValueKind.True or JsonValueKind.False,
            SchemaType.IntOrString => kind is JsonValueKind.String || value.AsNumber() is not null,
            _ => true,
        };
    }

    private static string TypeName(Schema schema) => schema.Type == SchemaType.IntOrString ? "integer,string" : schema.Type.ToString().ToLowerInvariant();

    private static string TypeName(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.AsNumber() is null ? "number" : "integer",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
