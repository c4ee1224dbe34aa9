using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>LabelSelector objects ({matchLabels, matchExpressions}) as they stand in specs.</summary>
internal static class LabelSelectors
{
    public static bool IsEmpty(JsonNode? selector) =>
        selector.Object("matchLabels") is not { Count: > 0 } && selector.Array("matchExpressions") is not { Count: > 0 };

    public static bool Matches(JsonObject selector, JsonObject? labels)
    {
        foreach (var (key, value) in selector.Object("matchLabels") ?? [])
        {
            if (labels.Text(key) != value.Text())
            {
                return false;
            }
        }
        foreach (var expression in selector.Items("matchExpressions"))
        {
            var actual = labels.Text(expression.Text("key") ?? "");
            var values = expression.Texts("values");
            var holds = expression.Text("operator") switch
            {
                "In" => actual is not null && values.Contains(actual),
                "NotIn" => actual is null || !values.Contains(actual),
                "Exists" => actual is not null,
                "DoesNotExist" => actual is null,
                _ => false,
            };
            if (!holds)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The selector as a query string, as the scale subresource shows it.</summary>
    public static string Text(JsonNode? selector)
    {
        var terms = new List<string>();
        foreach (var (key, value) in (selector.Object("matchLabels") ?? []).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            terms.Add($"{key}={value.Text()}");
        }
        foreach (var expression in selector.Items("matchExpressions"))
        {
            var key = expression.Text("key");
            var values = string.Join(',', expression.Texts("values"));
            terms.Add(expression.Text("operator") switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "DoesNotExist" => $"!{key}",
                _ => key ?? "",
            });
        }
        return string.Join(',', terms);
    }

    public static void Required(JsonNode? selector, string path, FieldErrors errors)
    {
        if (selector is null)
        {
            errors.Required(path);
        }
        else if (IsEmpty(selector))
        {
            errors.Invalid(path, selector.DeepClone(), "empty selector is invalid for deployment");
        }
        else
        {
            Expressions(selector, path, errors);
        }
    }

    /// <summary>False for a selector that is no selector: nothing can be said then about what it matches.</summary>
    public static bool IsReadable(JsonNode? selector) => selector.Items("matchExpressions").All(expression => Problem(expression) is null);

    private static void Expressions(JsonNode selector, string path, FieldErrors errors)
    {
        var at = 0;
        foreach (var expression in selector.Items("matchExpressions"))
        {
            var place = $"{path}.matchExpressions[{at++}]";
            switch (Problem(expression))
            {
                case "operator":
                    errors.Invalid($"{place}.operator", expression.Text("operator") ?? "", "not a valid selector operator");
                    break;
                case "some":
                    errors.Required($"{place}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "none":
                    errors.Forbidden($"{place}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
            }
        }
        if (!IsReadable(selector))
        {
            errors.Invalid(path, selector.DeepClone(), "invalid label selector");
        }
    }

    private static string? Problem(JsonObject expression) => (expression.Text("operator"), expression.Array("values") is { Count: > 0 }) switch
    {
        ("In" or "NotIn", false) => "some",
        ("Exists" or "DoesNotExist", true) => "none",
        ("In" or "NotIn" or "Exists" or "DoesNotExist", _) => null,
        _ => "operator",
    };
}
