using System.Globalization;
using System.Text.Json;
using k8s;

namespace ArgoRollouts.Validation;

/// <summary>What is wrong with one field, as Kubernetes writes it (apimachinery v0.34 field.Error): <c>path: Invalid value: "v": why</c>.</summary>
internal sealed class FieldError : Exception
{
    private FieldError(string message)
        : base(message)
    {
    }

    public static FieldError Required(string path, string detail = "") => new(Text($"{path}: Required value", detail));

    public static FieldError Forbidden(string path, string detail) => new(Text($"{path}: Forbidden", detail));

    public static FieldError Internal(string path, string detail) => new(Text($"{path}: Internal error", detail));

    public static FieldError Invalid(string path, object? value, string detail) => new(Text($"{path}: Invalid value: {Value(value)}", detail));

    public static FieldError Duplicate(string path, object? value) => new($"{path}: Duplicate value: {Value(value)}");

    public static FieldError NotSupported(string path, object? value, params string[] supported)
        => new(Text($"{path}: Unsupported value: {Value(value)}", $"supported values: {string.Join(", ", supported.Select(Value))}"));

    private static string Text(string text, string detail) => detail.Length == 0 ? text : $"{text}: {detail}";

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => JsonSerializer.Serialize(text, Quoting),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => KubernetesJson.Serialize(value),
    };

    private static readonly JsonSerializerOptions Quoting = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
