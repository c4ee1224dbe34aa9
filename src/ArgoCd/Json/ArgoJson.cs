using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ArgoCd.Json;

/// <summary>How Argo CD's own types are written: Go's field names, empty fields left out, times to the second (<c>metav1.Time</c>).</summary>
internal static class ArgoJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new SecondsConverter() },
    };

    public static JsonObject Write<T>(T value) => (JsonObject)JsonSerializer.SerializeToNode(value, Options)!;

    /// <summary>Reads a value; an absent node reads as the type's empty value.</summary>
    public static T Read<T>(JsonNode? node)
        where T : new()
        => node is null ? new T() : node.Deserialize<T>(Options) ?? new T();

    /// <summary>Whether two values are written the same.</summary>
    public static bool Same<T>(T? left, T? right)
        => JsonNode.DeepEquals(JsonSerializer.SerializeToNode(left, Options), JsonSerializer.SerializeToNode(right, Options));

    private sealed class SecondsConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => DateTimeOffset.Parse(reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
            => writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
