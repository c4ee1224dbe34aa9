using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Controllers.Runtime;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>A part of a custom resource as CEL sees it: types come from the schema (apiserver pkg/cel/common/values.go).</summary>
internal static class SchemaValue
{
    public static object? Of(JsonNode? node, Schema? schema) => node switch
    {
        null => null,
        JsonObject map => new SchemaMap(map, schema),
        JsonArray list => list.Select(item => Of(item, schema?.Items?.Value)).ToList(),
        _ => Scalar(node, schema),
    };

    private static object? Scalar(JsonNode node, Schema? schema) => node.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when schema?.Type == SchemaType.Number || node.AsNumber() is null => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
        JsonValueKind.Number => node.AsNumber()!.Value,
        JsonValueKind.String => Text(node.GetValue<string>(), schema?.Format),
        _ => null,
    };

    private static object Text(string text, string? format)
    {
        try
        {
            return format switch
            {
                "date-time" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                "date" => DateTimeOffset.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                "duration" => GoDuration.Parse(text),
                "byte" => Convert.FromBase64String(text),
                _ => text,
            };
        }
        catch (FormatException)
        {
            return text; // what is wrong with it the schema's format says
        }
    }
}
