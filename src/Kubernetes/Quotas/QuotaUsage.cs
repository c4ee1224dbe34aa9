using System.Text.Json.Nodes;

namespace Kubernetes.Quotas;

/// <summary>
/// What one object uses of a namespace's quotas (kubernetes <c>pkg/quota/v1/evaluator/core</c>), by the names of <c>spec.hard</c>.
/// The API's admission and the controller read it alike.
/// </summary>
internal static class QuotaUsage
{
    private const string ClassSuffix = ".storageclass.storage.k8s.io/";
    private const string CountPrefix = "count/";

    private static readonly string[] Plain = ["configmaps", "secrets", "replicationcontrollers", "resourcequotas"];

    /// <param name="group">Of the object's resource; empty for the core group.</param>
    /// <param name="plural">E.g. <c>pods</c>.</param>
    /// <param name="object">As it is stored.</param>
    /// <param name="now">For pods whose time to end is over.</param>
    public static IReadOnlyDictionary<string, Quantity> Of(string group, string plural, JsonObject @object, DateTimeOffset now)
    {
        var usage = new Dictionary<string, Quantity> { [CountName(group, plural)] = Quantity.One };
        if (group.Length > 0)
        {
            return usage;
        }

        switch (plural)
        {
            case "pods":
                PodUsage.Add(usage, @object, now);
                break;
            case "services":
                Service(usage, @object);
                break;
            case "persistentvolumeclaims":
                Claim(usage, @object);
                break;
            default:
                if (Plain.Contains(plural))
                {
                    usage[plural] = Quantity.One;
                }

                break;
        }

        return usage;
    }

    /// <summary>The resource whose objects a name of <c>spec.hard</c> is about.</summary>
    public static (string Group, string Plural) Counts(string name)
    {
        if (name.StartsWith(CountPrefix, StringComparison.Ordinal))
        {
            var counted = name[CountPrefix.Length..];
            return counted.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? (counted[(dot + 1)..], counted[..dot]) : ("", counted);
        }

        return name switch
        {
            "services" or "services.nodeports" or "services.loadbalancers" => ("", "services"),
            "persistentvolumeclaims" or "requests.storage" => ("", "persistentvolumeclaims"),
            _ when name.Contains(ClassSuffix, StringComparison.Ordinal) => ("", "persistentvolumeclaims"),
            _ => ("", Plain.Contains(name) ? name : "pods"),
        };
    }

    private static string CountName(string group, string plural) => CountPrefix + (group.Length == 0 ? plural : $"{plural}.{group}");

    private static void Service(Dictionary<string, Quantity> usage, JsonObject service)
    {
        var type = (string?)service["spec"]?["type"];
        var takesPorts = type == "NodePort" || (type == "LoadBalancer" && (bool?)service["spec"]?["allocateLoadBalancerNodePorts"] != false);
        usage["services"] = Quantity.One;
        usage["services.nodeports"] = new Quantity(takesPorts ? (service["spec"]?["ports"] as JsonArray)?.Count ?? 0 : 0);
        usage["services.loadbalancers"] = new Quantity(type == "LoadBalancer" ? 1 : 0);
    }

    private static void Claim(Dictionary<string, Quantity> usage, JsonObject claim)
    {
        var storage = Quantity.Parse(claim["spec"]?["resources"]?["requests"]?["storage"]?.ToString());
        usage["persistentvolumeclaims"] = Quantity.One;
        usage["requests.storage"] = storage;
        if ((string?)claim["spec"]?["storageClassName"] is { Length: > 0 } storageClass)
        {
            usage[$"{storageClass}{ClassSuffix}persistentvolumeclaims"] = Quantity.One;
            usage[$"{storageClass}{ClassSuffix}requests.storage"] = storage;
        }
    }
}
