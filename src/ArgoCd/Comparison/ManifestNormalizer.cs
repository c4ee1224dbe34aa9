using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoCd.Json;
using k8s.Models;

namespace ArgoCd.Comparison;

/// <summary>
/// Brings desired and live objects to one form before they are compared (<c>diff.Normalize</c>, known types):
/// quantities canonical, <c>stringData</c> moved to <c>data</c>, empty role rules null.
/// </summary>
internal static class ManifestNormalizer
{
    private static readonly string[] QuantityMaps = ["limits", "requests", "hard", "capacity", "allocatable"];

    public static JsonObject Normalize(JsonObject @object)
    {
        var result = (JsonObject)@object.DeepClone();
        result.Remove("metadata", "creationTimestamp");
        var apiVersion = result.Text("apiVersion") ?? "";
        switch (result.Text("kind"))
        {
            case "Secret" when apiVersion == "v1":
                Secret(result);
                break;
            case "Role" or "ClusterRole" when apiVersion.StartsWith("rbac.authorization.k8s.io/", StringComparison.Ordinal):
                Role(result);
                break;
        }

        Quantities(result);
        return result;
    }

    private static void Secret(JsonObject secret)
    {
        foreach (var (name, value) in secret.Object("stringData") ?? [])
        {
            secret.Ensure("data")[name] = value.Text() is { } text ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : value?.DeepClone();
        }

        secret.Remove("stringData");
        foreach (var (name, value) in secret.Object("data")?.ToList() ?? [])
        {
            if (value is null)
            {
                secret["data"]![name] = "";
            }
        }
    }

    private static void Role(JsonObject role)
    {
        if (role.Object("aggregationRule") is not null || role.At("rules") is JsonArray { Count: 0 })
        {
            role["rules"] = null; // filled in by the control plane, or empty
        }
    }

    private static void Quantities(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (field, value) in map.ToList())
                {
                    if (value is JsonObject quantities && QuantityMaps.Contains(field))
                    {
                        Canonical(quantities);
                    }
                    else
                    {
                        Quantities(value);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Quantities(item);
                }

                break;
        }
    }

    private static void Canonical(JsonObject quantities)
    {
        foreach (var (name, value) in quantities.ToList())
        {
            if (value is JsonValue scalar && scalar.GetValueKind() is JsonValueKind.Number or JsonValueKind.String && Canonical(scalar.ToString()) is { } text)
            {
                quantities[name] = text;
            }
        }
    }

    private static string? Canonical(string text)
    {
        try
        {
            return new ResourceQuantity(text).ToString();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return null; // not a quantity: compared as written
        }
    }
}
