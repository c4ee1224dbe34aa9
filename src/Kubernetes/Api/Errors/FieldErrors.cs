using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Errors;

/// <summary>Collects what is wrong with an object, field by field, in the wording of apimachinery's validation/field.</summary>
internal sealed class FieldErrors
{
    private readonly List<(string Field, string Reason, string Body)> errors = [];

    public bool Any => errors.Count > 0;

    public void Required(string field, string detail = "") =>
        errors.Add((field, "FieldValueRequired", detail.Length == 0 ? "Required value" : $"Required value: {detail}"));

    public void Invalid(string field, JsonNode? value, string detail) =>
        errors.Add((field, "FieldValueInvalid", $"Invalid value: {Quote(value)}: {detail}"));

    /// <summary>A list of values, none of which was expected.</summary>
    public void NotSupported(string field, JsonNode values, params IEnumerable<string> supported) =>
        errors.Add((field, "FieldValueNotSupported", $"Unsupported value: {Quote(values)}: supported values: {string.Join(", ", supported.Select(s => $"\"{s}\""))}"));

    public void NotSupported(string field, string? value, params IEnumerable<string> supported) =>
        errors.Add((field, "FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(s => $"\"{s}\""))}"));

    public void Duplicate(string field, JsonNode? value) => errors.Add((field, "FieldValueDuplicate", $"Duplicate value: {Quote(value)}"));

    public void NotFound(string field, JsonNode? value) => errors.Add((field, "FieldValueNotFound", $"Not found: {Quote(value)}"));

    public void Forbidden(string field, string detail) => errors.Add((field, "FieldValueForbidden", $"Forbidden: {detail}"));

    public void TooLong(string field, int max) => errors.Add((field, "FieldValueTooLong", $"Too long: may not be more than {max} bytes"));

    public void TooMany(string field, int actual, int max) =>
        errors.Add((field, "FieldValueTooMany", $"Too many: {actual}: must have at most {max} items"));

    public void TypeInvalid(string field, JsonNode? value, string detail) =>
        errors.Add((field, "FieldValueTypeInvalid", $"Invalid value: {Quote(value)}: {detail}"));

    public ApiException ToException(string group, string kind, string name)
    {
        var causes = new JsonArray();
        foreach (var (field, reason, body) in errors)
        {
            causes.Add(new JsonObject { ["reason"] = reason, ["message"] = body, ["field"] = Place(field) });
        }
        var lines = errors.ConvertAll(error => $"{Place(error.Field)}: {error.Body}").Distinct().ToList();
        var text = lines.Count == 1 ? lines[0] : $"[{string.Join(", ", lines)}]";
        var qualified = group.Length == 0 ? kind : $"{kind}.{group}";
        var details = new JsonObject { ["causes"] = causes };
        if (kind.Length > 0)
        {
            details["kind"] = kind;
        }
        if (name.Length > 0)
        {
            details["name"] = name;
        }
        if (group.Length > 0)
        {
            details["group"] = group;
        }
        return new ApiException(422, "Invalid", $"{qualified} \"{name}\" is invalid: {text}", details);
    }

    // the object itself is a path without steps, which upstream prints so
    private static string Place(string field) => field.Length == 0 ? "<nil>" : field;

    private static string Quote(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => $"\"{text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        JsonValue scalar => scalar.Display(),
        _ => value.ToJsonString(),
    };
}
