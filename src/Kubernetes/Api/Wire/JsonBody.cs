using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kubernetes.Api.Wire;

/// <summary>A JSON text as a tree, with the members that occurred twice (the last one counts, as in Go's decoder).</summary>
internal sealed record JsonBody(JsonNode? Root, IReadOnlyList<string> DuplicateFields)
{
    // encoding/json refuses deeper nesting; the stack of this reader is safe at this depth too
    private const int DepthMax = 1000;

    /// <exception cref="JsonException">Not JSON, nested too deeply, or not UTF-8.</exception>
    public static JsonBody Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DepthMax });
        var duplicates = new List<string>();
        if (!reader.Read())
        {
            throw new JsonException("unexpected end of JSON input");
        }
        JsonNode? root;
        try
        {
            root = Value(ref reader, duplicates, new StringBuilder());
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("invalid UTF-8 in JSON string", e);
        }
        return reader.Read() ? throw new JsonException("invalid character after top-level value") : new JsonBody(root, duplicates);
    }

    private static JsonNode? Value(ref Utf8JsonReader reader, List<string> duplicates, StringBuilder path)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Map(ref reader, duplicates, path);
            case JsonTokenType.StartArray:
                var array = new JsonArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var length = path.Length;
                    path.Append('[').Append(array.Count).Append(']');
                    array.Add(Value(ref reader, duplicates, path));
                    path.Length = length;
                }
                return array;
            case JsonTokenType.String:
                return JsonValue.Create(reader.GetString());
            case JsonTokenType.Number:
                if (reader.TryGetInt64(out var number))
                {
                    return JsonValue.Create(number);
                }
                var real = reader.GetDouble();
                return double.IsFinite(real) ? JsonValue.Create(real) : throw new JsonException("json: cannot unmarshal number into Go value of type float64");
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            default:
                return null;
        }
    }

    private static JsonObject Map(ref Utf8JsonReader reader, List<string> duplicates, StringBuilder path)
    {
        var map = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            var length = path.Length;
            path.Append(length == 0 ? "" : ".").Append(name);
            if (map.ContainsKey(name))
            {
                duplicates.Add(path.ToString());
            }
            map[name] = Value(ref reader, duplicates, path);
            path.Length = length;
        }
        return map;
    }
}
