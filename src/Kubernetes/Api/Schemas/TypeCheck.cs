using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Schemas;

/// <summary>
/// Brings built-in kinds into the form that Go's decoder gives them: values of the wrong type are refused, nulls dropped (unset), times in UTC
/// with the digits of their type.
/// </summary>
internal static partial class TypeCheck
{
    /// <exception cref="ApiException">400</exception>
    public static void Check(JsonObject document, Schema schema, string kind, string version) => Map(document, schema, "", kind, version);

    private static void Map(JsonObject map, Schema schema, string path, string kind, string version)
    {
        foreach (var (name, value) in map.ToArray())
        {
            var member = schema.Fields.TryGetValue(name, out var field) ? field.Schema : schema.Additional?.Value;
            if (value is null)
            {
                if (member is { PreserveUnknown: false })
                {
                    map.Remove(name);
                }
                continue;
            }
            if (member is not null)
            {
                Value(value, member, path.Length == 0 ? name : $"{path}.{name}", kind, version);
                if (member.SecondDigits is { } digits && value.Text() is { } text)
                {
                    SetTime(map, name, text, Times.Canonical(text, digits) ?? throw BadTime(text, kind, version));
                }
            }
        }
    }

    private static void SetTime(JsonObject map, string name, string sent, string time)
    {
        if (time != sent)
        {
            map[name] = time;
        }
    }

    private static ApiException BadTime(string text, string kind, string version) => StatusErrors.BadRequest(
        $"{kind} in version \"{version}\" cannot be handled as a {kind}: parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as \"2006\"");

    private static void Value(JsonNode value, Schema schema, string path, string kind, string version)
    {
        if (!Fits(value, schema))
        {
            throw StatusErrors.BadRequest(
                $"{kind} in version \"{version}\" cannot be handled as a {kind}: json: cannot unmarshal {Describe(value)} into Go struct field {kind}.{path} of type {GoType(schema)}");
        }
        Content(value, schema, kind, version);
        switch (value)
        {
            case JsonObject map when !schema.PreserveUnknown:
                Map(map, schema, path, kind, version);
                break;
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                {
                    if (item is not null)
                    {
                        Value(item, items.Value, path, kind, version);
                    }
                }
                break;
        }
    }

    /// <summary>Texts that Go decodes further: bytes and quantities.</summary>
    private static void Content(JsonNode value, Schema schema, string kind, string version)
    {
        var problem = (schema.Format, value.Text()) switch
        {
            ("byte", { } text) when !Convert.TryFromBase64String(text, new byte[text.Length], out _) => "illegal base64 data",
            ("quantity", { } text) when !Quantity().IsMatch(text) => "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            _ => null,
        };
        if (problem is not null)
        {
            throw StatusErrors.BadRequest($"{kind} in version \"{version}\" cannot be handled as a {kind}: {problem}");
        }
    }

    [GeneratedRegex("^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Quantity();

    private static bool Fits(JsonNode value, Schema schema)
    {
        var actual = value.GetValueKind();
        return schema.Type switch
        {
            SchemaType.Object => actual == JsonValueKind.Object || schema.PreserveUnknown,
            SchemaType.Array => actual == JsonValueKind.Array,
            SchemaType.String => actual == JsonValueKind.String,
            SchemaType.Integer => actual == JsonValueKind.Number && value.AsNumber() is not null,
            SchemaType.Number => actual == JsonValueKind.Number,
            SchemaType.Boolean => actual is JsonValueKind.True or JsonValueKind.False,
            SchemaType.IntOrString => actual is JsonValueKind.String or JsonValueKind.Number,
            _ => true,
        };
    }

    private static string Describe(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        JsonValueKind.Number => value.AsNumber() is null ? $"number {value.ToJsonString()}" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string GoType(Schema schema) => schema.Type switch
    {
        SchemaType.Integer => schema.Format ?? "int64",
        SchemaType.Number => "float64",
        SchemaType.Boolean => "bool",
        SchemaType.Array => $"[]{(schema.Items is { } items ? GoType(items.Value) : "interface {}")}",
        SchemaType.Object when schema.Additional is { } additional => $"map[string]{GoType(additional.Value)}",
        SchemaType.Object => schema.Name?.Replace("core/", "").Replace('/', '.') ?? "map[string]interface {}",
        _ => "string",
    };
}
