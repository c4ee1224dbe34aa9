using System.Text.Json.Nodes;
using k8s.Models;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Requests and limits: nothing negative, no request above its limit.</summary>
internal static class ContainerResources
{
    public static void Check(JsonObject? resources, string at, FieldErrors errors)
    {
        foreach (var (name, value) in resources.Object("limits") ?? [])
        {
            NotNegative(value, $"{at}.limits[{name}]", errors);
        }
        foreach (var (name, value) in resources.Object("requests") ?? [])
        {
            NotNegative(value, $"{at}.requests[{name}]", errors);
            if (resources.At("limits", name) is { } limit && Amount(value) > Amount(limit))
            {
                errors.Invalid($"{at}.requests", value.Display(), $"must be less than or equal to {name} limit of {limit.Display()}");
            }
        }
    }

    private static void NotNegative(JsonNode? value, string path, FieldErrors errors)
    {
        if (Amount(value) < 0)
        {
            errors.Invalid(path, value.Display(), "must be greater than or equal to 0");
        }
    }

    /// <summary>A quantity as a number; null when it is none.</summary>
    public static decimal? Amount(JsonNode? value)
    {
        try
        {
            return new ResourceQuantity(value.Display()).ToDecimal();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            return null; // the decoder's business
        }
    }
}
