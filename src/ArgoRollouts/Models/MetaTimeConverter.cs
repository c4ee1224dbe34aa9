using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>metav1.Time: RFC 3339 in UTC with whole seconds, which is also how two times compare equal after a round trip.</summary>
public sealed class MetaTimeConverter : JsonConverter<DateTime>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The time as a metav1.Time keeps it: cut to whole seconds.</summary>
    public static DateTime Cut(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    /// <summary>As metav1.Time is written.</summary>
    public static string Text(DateTime time) => time.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture);

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => DateTimeOffset.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime
            : throw new JsonException($"\"{reader.GetString()}\" is not a time as RFC 3339 writes it");

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));
}
