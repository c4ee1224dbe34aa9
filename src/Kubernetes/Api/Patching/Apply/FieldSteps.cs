using System.Text.Json;
using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>One step of a path in its FieldsV1 spelling.</summary>
internal static class FieldSteps
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Field(string name) => "f:" + name;

    /// <summary>A list item by its keys, or by its value in a set.</summary>
    public static string Item(JsonNode? item, Schema list)
    {
        if (list.ListType == ListType.Set)
        {
            return "v:" + (item?.ToJsonString(Plain) ?? "null");
        }
        var keys = new JsonObject();
        foreach (var key in list.MapKeys.Order(StringComparer.Ordinal))
        {
            var value = item.At(key)?.DeepClone() ?? DefaultOf(key, list);
            if (value is not null)
            {
                keys[key] = value;
            }
        }
        return "k:" + keys.ToJsonString(Plain);
    }

    public static string Display(string step)
    {
        var rest = step[2..];
        switch (step[0])
        {
            case 'f':
                return "." + rest;
            case 'v':
                return $"[={rest}]";
            case 'k':
                var keys = (JsonObject)JsonNode.Parse(rest)!;
                return $"[{string.Join(',', keys.Select(key => $"{key.Key}={key.Value?.ToJsonString(Plain)}"))}]";
            default:
                return $"[{rest}]";
        }
    }

    /// <summary>Of the key fields of built-in lists only protocol has a default.</summary>
    private static JsonNode? DefaultOf(string key, Schema list) =>
        list.Items?.Value.Fields.GetValueOrDefault(key)?.Schema.Default?.DeepClone() ?? (key == "protocol" ? JsonValue.Create("TCP") : null);
}
