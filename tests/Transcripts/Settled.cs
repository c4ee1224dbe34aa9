using System.Text.Json.Nodes;

namespace Transcripts;

/// <summary>When an object is looked at: once a place of it has a value, and nothing has changed for a moment (<c># @settled POINTER VALUE</c>).</summary>
/// <param name="Pointer">A JSON pointer into the object.</param>
/// <param name="Value">As text; <c>*</c>: any.</param>
public sealed record Settled(string Pointer, string Value)
{
    public bool Holds(JsonNode @object) => JsonPointer.Find(@object, Pointer)?.ToString() is { } value && (Value == "*" || Value == value);

    /// <exception cref="FormatException">Not a pointer and a value.</exception>
    public static Settled Parse(string text, string step) => text.Split(' ', 2) is [var pointer, var value]
        ? new Settled(pointer, value)
        : throw new FormatException($"step '{step}': @settled needs a pointer and a value, e.g. @settled /status/phase Healthy");
}
