using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>
/// A pause's duration as it was written: a number of seconds, or a text. The hash of the steps depends on which (utils/conditions, ComputeStepHash), and
/// IntOrString writes a text of digits as a number.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed record PauseDuration(string Value, bool IsNumber)
{
    public static implicit operator PauseDuration(string text) => new(text, false);

    public static implicit operator PauseDuration(int seconds) => new(seconds.ToString(CultureInfo.InvariantCulture), true);

    internal sealed class Converter : JsonConverter<PauseDuration>
    {
        public override PauseDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
            => reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : reader.GetString() ?? "";

        public override void Write(Utf8JsonWriter writer, PauseDuration value, JsonSerializerOptions options)
        {
            if (value.IsNumber)
            {
                writer.WriteRawValue(value.Value);
            }
            else
            {
                writer.WriteStringValue(value.Value);
            }
        }
    }
}
