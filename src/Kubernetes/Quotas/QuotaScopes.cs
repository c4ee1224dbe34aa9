using System.Text.Json.Nodes;

namespace Kubernetes.Quotas;

/// <summary>Whether a quota is about an object: one with scopes only about pods that are in all of them (kubernetes <c>podMatchesScopeFunc</c>).</summary>
internal static class QuotaScopes
{
    /// <param name="quota">The quota's <c>spec</c>.</param>
    /// <param name="isPod">Whether the object is a pod.</param>
    /// <param name="object">The object.</param>
    public static bool Match(JsonObject? quota, bool isPod, JsonObject @object)
    {
        var named = (quota?["scopes"] as JsonArray ?? []).Select(scope => (Scope: (string?)scope, Selector: (JsonObject?)null));
        var selected = (quota?["scopeSelector"]?["matchExpressions"] as JsonArray ?? []).OfType<JsonObject>().Select(selector => (Scope: (string?)selector["scopeName"], Selector: (JsonObject?)selector));
        var scopes = named.Concat(selected).ToList();
        return scopes.Count == 0 || (isPod && scopes.TrueForAll(scope => IsIn(scope.Scope, scope.Selector, @object)));
    }

    private static bool IsIn(string? scope, JsonObject? selector, JsonObject pod) => scope switch
    {
        "Terminating" => HasDeadline(pod),
        "NotTerminating" => !HasDeadline(pod),
        "BestEffort" => IsBestEffort(pod),
        "NotBestEffort" => !IsBestEffort(pod),
        "PriorityClass" => HasPriority((string?)pod["spec"]?["priorityClassName"], selector),
        _ => false,
    };

    private static bool HasDeadline(JsonObject pod) => pod["spec"]?["activeDeadlineSeconds"] is not null;

    private static bool IsBestEffort(JsonObject pod)
        => PodUsage.Containers(pod).All(container => ((string[])["requests", "limits"]).All(list =>
            container["resources"]?[list] is not JsonObject said || (!said.ContainsKey("cpu") && !said.ContainsKey("memory"))));

    private static bool HasPriority(string? name, JsonObject? selector)
    {
        var values = (selector?["values"] as JsonArray ?? []).Select(value => (string?)value);
        return (string?)selector?["operator"] switch
        {
            "In" => !string.IsNullOrEmpty(name) && values.Contains(name),
            "NotIn" => string.IsNullOrEmpty(name) || !values.Contains(name),
            "DoesNotExist" => string.IsNullOrEmpty(name),
            _ => !string.IsNullOrEmpty(name),
        };
    }
}
