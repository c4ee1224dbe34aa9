using System.Text.Json;
using System.Text.Json.Serialization;

namespace DemoApp;

/// <summary>What the page's sliders ask of one colour: <c>POST /color</c> carries an array of these.</summary>
internal sealed record ColorRequest
{
    [JsonPropertyName("color")]
    public string Color { get; init; } = "";

    /// <summary>Seconds.</summary>
    [JsonPropertyName("delayLength")]
    public double DelayLength { get; init; }

    /// <summary>Percent of answers that are errors.</summary>
    [JsonPropertyName("return500")]
    public int? Return500 { get; init; }

    /// <exception cref="JsonException">Not an array of these.</exception>
    public static IReadOnlyList<ColorRequest> Read(string body)
        => body.Length == 0 || body == "\"[]\"" ? [] : JsonSerializer.Deserialize(body, ColorRequestJson.Default.ColorRequestArray) ?? [];
}

[JsonSerializable(typeof(ColorRequest[]))]
internal sealed partial class ColorRequestJson : JsonSerializerContext;
