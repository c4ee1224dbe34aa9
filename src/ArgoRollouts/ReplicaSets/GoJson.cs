using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;

namespace ArgoRollouts.ReplicaSets;

/// <summary>
/// Writes an object as Go's encoding/json writes the struct of that type: fields in declaration order, empty ones left out where the
/// struct says so, map keys sorted, and &lt;, &gt;, &amp; escaped. What the struct does not know is dropped.
/// </summary>
internal static class GoJson
{
    public static string Write(JsonNode? value, string type)
    {
        var text = new StringBuilder();
        Value(text, value, type);
        return text.ToString();
    }

    /// <summary>A string literal with encoding/json's escapes.</summary>
    public static void String(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        text.Append('"');
    }

    private static void Value(StringBuilder text, JsonNode? value, string type)
    {
        if (type.StartsWith('*'))
        {
            type = type[1..];
            if (value is null)
            {
                text.Append("null");
                return;
            }
        }

        if (type.StartsWith("[]", StringComparison.Ordinal))
        {
            List(text, value as JsonArray, type[2..]);
        }
        else if (type.StartsWith("{}", StringComparison.Ordinal))
        {
            Map(text, value as JsonObject, type[2..]);
        }
        else if (GoStructs.Fields(type) is { } fields)
        {
            Struct(text, value as JsonObject, fields);
        }
        else
        {
            Scalar(text, value, type);
        }
    }

    private static void Struct(StringBuilder text, JsonObject? value, GoField[] fields)
    {
        text.Append('{');
        var first = true;
        foreach (var field in fields)
        {
            var member = value?[field.Name];
            if (field.OmitEmpty && IsEmpty(member, field.Type))
            {
                continue;
            }

            text.Append(first ? "\"" : ",\"").Append(field.Name).Append("\":");
            first = false;
            Value(text, member, field.Type);
        }

        text.Append('}');
    }

    // encoding/json: false, 0, "", a nil pointer, and an empty list or map are empty; a struct never is
    private static bool IsEmpty(JsonNode? value, string type)
    {
        if (type.StartsWith('*'))
        {
            return value is null;
        }

        if (GoStructs.Fields(type) is not null || type == "quantity")
        {
            return false;
        }

        return value switch
        {
            null => true,
            JsonArray list => list.Count == 0,
            JsonObject map => map.Count == 0,
            _ => value.GetValueKind() switch
            {
                JsonValueKind.False => true,
                JsonValueKind.String => type != "intOrString" && value.GetValue<string>().Length == 0,
                JsonValueKind.Number => type != "intOrString" && value.ToJsonString() == "0",
                _ => false,
            },
        };
    }

    private static void List(StringBuilder text, JsonArray? list, string type)
    {
        if (list is null)
        {
            text.Append("null");
            return;
        }

        text.Append('[');
        for (var i = 0; i < list.Count; i++)
        {
            text.Append(i == 0 ? "" : ",");
            Value(text, list[i], type);
        }

        text.Append(']');
    }

    private static void Map(StringBuilder text, JsonObject? map, string type)
    {
        if (map is null)
        {
            text.Append("null");
            return;
        }

        text.Append('{');
        var first = true;
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(first ? "" : ",");
            first = false;
            String(text, key);
            text.Append(':');
            Value(text, value, type);
        }

        text.Append('}');
    }

    private static void Scalar(StringBuilder text, JsonNode? value, string type)
    {
        switch (type)
        {
            case "string":
                String(text, value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "");
                break;
            case "quantity":
                String(text, value is null ? "0" : new ResourceQuantity(Plain(value)).CanonicalizeString());
                break;
            case "bool":
                text.Append(value?.GetValueKind() == JsonValueKind.True ? "true" : "false");
                break;
            case "intOrString" when value?.GetValueKind() == JsonValueKind.String:
                String(text, value.GetValue<string>());
                break;
            default:
                text.Append(value?.ToJsonString() ?? "0");
                break;
        }
    }

    private static string Plain(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
