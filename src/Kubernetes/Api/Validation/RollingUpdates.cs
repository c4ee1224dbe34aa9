using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>maxSurge and maxUnavailable: numbers or percentages, not both nothing (kubernetes pkg/apis/apps/validation).</summary>
internal static class RollingUpdates
{
    public static void Check(JsonObject? rolling, string path, FieldErrors errors)
    {
        var (unavailable, surge) = (rolling?["maxUnavailable"], rolling?["maxSurge"]);
        One(unavailable, $"{path}.maxUnavailable", errors);
        One(surge, $"{path}.maxSurge", errors);
        if (IsNothing(unavailable) && IsNothing(surge))
        {
            errors.Invalid($"{path}.maxUnavailable", unavailable?.DeepClone(), "may not be 0 when `maxSurge` is 0");
        }
        if (unavailable.Text() is { } text && Percent(text) > 100)
        {
            errors.Invalid($"{path}.maxUnavailable", text, "must not be greater than 100%");
        }
    }

    private static void One(JsonNode? value, string path, FieldErrors errors)
    {
        if (value.AsNumber() is < 0 and var number)
        {
            errors.Invalid(path, number, "must be greater than or equal to 0");
        }
        if (value.Text() is { } text && Percent(text) is null)
        {
            errors.Invalid(path, text, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')");
        }
    }

    private static bool IsNothing(JsonNode? value) => value.AsNumber() == 0 || (value.Text() is { } text && Percent(text) == 0);

    private static long? Percent(string text) =>
        text.Length > 1 && text[^1] == '%' && text[..^1].All(char.IsAsciiDigit) && long.TryParse(text[..^1], out var percent) ? percent : null;
}
