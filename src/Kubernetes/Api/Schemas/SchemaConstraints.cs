using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Schemas;

/// <summary>Enum, bounds, lengths, pattern of one value.</summary>
internal static class SchemaConstraints
{
    private static readonly ConcurrentDictionary<string, Regex?> Patterns = new();

    public static void Check(JsonNode value, JsonObject constraints, string path, FieldErrors errors)
    {
        if (constraints["enum"] is JsonArray allowed && !allowed.Any(one => one.SameAs(value)))
        {
            errors.NotSupported(path, value.Display(), allowed.Select(one => one.Display()));
        }
        if (value.AsDouble() is { } number)
        {
            Bounds(value, number, constraints, path, errors);
        }
        else if (value.Text() is { } text)
        {
            Length(text, constraints, path, errors);
        }
        else if (value is JsonArray list)
        {
            Count(list.Count, constraints, "Items", path, errors);
        }
        else if (value is JsonObject map)
        {
            Count(map.Count, constraints, "Properties", path, errors);
        }
        Combined(value, constraints, path, errors);
    }

    private static void Bounds(JsonNode value, double number, JsonObject constraints, string path, FieldErrors errors)
    {
        if (constraints["maximum"].AsDouble() is { } maximum && (number > maximum || (number.Equals(maximum) && constraints.Flag("exclusiveMaximum") == true)))
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body should be less than{(constraints.Flag("exclusiveMaximum") == true ? "" : " or equal to")} {Text(maximum)}");
        }
        if (constraints["minimum"].AsDouble() is { } minimum && (number < minimum || (number.Equals(minimum) && constraints.Flag("exclusiveMinimum") == true)))
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body should be greater than{(constraints.Flag("exclusiveMinimum") == true ? "" : " or equal to")} {Text(minimum)}");
        }
        if (constraints["multipleOf"].AsDouble() is > 0 and var factor && Math.Abs(Math.IEEERemainder(number, factor)) > 1e-9)
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body should be a multiple of {Text(factor)}");
        }
    }

    private static void Length(string text, JsonObject constraints, string path, FieldErrors errors)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (constraints.Number("maxLength") is { } max && length > max)
        {
            errors.TooLong(path, (int)max);
        }
        if (constraints.Number("minLength") is { } min && length < min)
        {
            errors.Invalid(path, text, $"{path} in body should be at least {min} chars long");
        }
        if (constraints.Text("pattern") is { } pattern && Patterns.GetOrAdd(pattern, Compile) is { } regex && !regex.IsMatch(text))
        {
            errors.Invalid(path, text, $"{path} in body should match '{pattern}'");
        }
    }

    private static void Count(int count, JsonObject constraints, string what, string path, FieldErrors errors)
    {
        if (constraints.Number("max" + what) is { } max && count > max)
        {
            errors.TooMany(path, count, (int)max);
        }
        if (constraints.Number("min" + what) is { } min && count < min)
        {
            errors.Invalid(path, count, $"{path} in body should have at least {min} {what.ToLowerInvariant()}");
        }
    }

    /// <summary>anyOf, oneOf, allOf, not: value validations only, as structural schemas allow.</summary>
    private static void Combined(JsonNode value, JsonObject constraints, string path, FieldErrors errors)
    {
        foreach (var part in constraints.Items("allOf"))
        {
            SchemaValidation.Check(value, null, CustomSchemas.Part(part), path, errors);
        }
        if (constraints.Flag("x-kubernetes-int-or-string") != true && constraints["anyOf"] is JsonArray any && !any.OfType<JsonObject>().Any(part => Holds(value, part)))
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body must validate at least one schema (anyOf)");
        }
        if (constraints["oneOf"] is JsonArray one && one.OfType<JsonObject>().Count(part => Holds(value, part)) != 1)
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body must validate one and only one schema (oneOf)");
        }
        if (constraints["not"] is JsonObject not && Holds(value, not))
        {
            errors.Invalid(path, value.DeepClone(), $"{path} in body must not validate the schema (not)");
        }
    }

    private static bool Holds(JsonNode value, JsonObject part)
    {
        var errors = new FieldErrors();
        SchemaValidation.Check(value, null, CustomSchemas.Part(part), "part", errors);
        return !errors.Any;
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A pattern that .NET cannot read is not enforced.</summary>
    private static Regex? Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
