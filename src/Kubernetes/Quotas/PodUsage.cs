using System.Globalization;
using System.Text.Json.Nodes;

namespace Kubernetes.Quotas;

/// <summary>What a pod uses of quotas (kubernetes <c>pkg/quota/v1/evaluator/core/pods.go</c>): nothing but its place once it has ended.</summary>
internal static class PodUsage
{
    private const string Requests = "requests.";
    private const string Limits = "limits.";

    // what every container must say when a quota limits it; upstream regrets it, and keeps it
    private static readonly string[] MustBeSaid = ["cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

    private static readonly string[] WithoutPrefix = ["cpu", "memory", "ephemeral-storage"];

    public static void Add(Dictionary<string, Quantity> usage, JsonObject pod, DateTimeOffset now)
    {
        if (HasEnded(pod, now))
        {
            return;
        }

        usage["pods"] = Quantity.One;
        foreach (var (name, amount) in Total(pod, "requests"))
        {
            usage[Requests + name] = amount;
            if (IsNative(name))
            {
                usage[name] = amount;
            }
        }

        foreach (var (name, amount) in Total(pod, "limits").Where(entry => WithoutPrefix.Contains(entry.Key)))
        {
            usage[Limits + name] = amount;
        }
    }

    /// <summary>What containers would have to say under a quota of these names and do not, in upstream's words; null when nothing is missing.</summary>
    public static string? Missing(JsonObject pod, IEnumerable<string> hard)
    {
        var required = hard.Where(MustBeSaid.Contains).Order(StringComparer.Ordinal);
        var missing = required.Select(name => (Name: name, Containers: Containers(pod)
                .Where(container => !Says(container, name)).Select(container => (string?)container["name"] ?? "").Order(StringComparer.Ordinal).ToList()))
            .Where(entry => entry.Containers.Count > 0)
            .Select(entry => $"{entry.Name} for: {string.Join(',', entry.Containers)}").ToList();
        return missing.Count == 0 ? null : $"must specify {string.Join("; ", missing)}";
    }

    public static IEnumerable<JsonObject> Containers(JsonObject pod) => List(pod, "containers").Concat(List(pod, "initContainers"));

    private static bool Says(JsonObject container, string name)
    {
        var (list, resource) = name.StartsWith(Limits, StringComparison.Ordinal)
            ? ("limits", name[Limits.Length..])
            : ("requests", name.StartsWith(Requests, StringComparison.Ordinal) ? name[Requests.Length..] : name);
        return container["resources"]?[list]?[resource] is not null;
    }

    // sidecars run beside the containers, init containers one after the other before them
    private static Dictionary<string, Quantity> Total(JsonObject pod, string list)
    {
        var running = Sum(List(pod, "containers"), list);
        var sidecars = new Dictionary<string, Quantity>();
        var starting = new Dictionary<string, Quantity>();
        foreach (var container in List(pod, "initContainers"))
        {
            var isSidecar = (string?)container["restartPolicy"] == "Always";
            foreach (var (name, amount) in Sum([container], list))
            {
                var beside = sidecars.GetValueOrDefault(name);
                if (isSidecar)
                {
                    sidecars[name] = beside + amount;
                }

                starting[name] = Quantity.Max(starting.GetValueOrDefault(name), beside + amount);
            }
        }

        foreach (var (name, amount) in sidecars)
        {
            running[name] = running.GetValueOrDefault(name) + amount;
        }

        foreach (var (name, amount) in starting)
        {
            running[name] = Quantity.Max(running.GetValueOrDefault(name), amount);
        }

        foreach (var (name, amount) in pod["spec"]?["overhead"] as JsonObject ?? [])
        {
            if (list == "requests" || running.ContainsKey(name))
            {
                running[name] = running.GetValueOrDefault(name) + Quantity.Parse(amount?.ToString());
            }
        }

        return running;
    }

    private static Dictionary<string, Quantity> Sum(IEnumerable<JsonObject> containers, string list)
    {
        var sum = new Dictionary<string, Quantity>();
        foreach (var (name, amount) in containers.SelectMany(container => container["resources"]?[list] as JsonObject ?? []))
        {
            sum[name] = sum.GetValueOrDefault(name) + Quantity.Parse(amount?.ToString());
        }

        return sum;
    }

    private static bool HasEnded(JsonObject pod, DateTimeOffset now)
        => (string?)pod["status"]?["phase"] is "Succeeded" or "Failed"
            || (DateTimeOffset.TryParse((string?)pod["metadata"]?["deletionTimestamp"], CultureInfo.InvariantCulture, out var end) && end < now);

    private static bool IsNative(string name) => WithoutPrefix.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> List(JsonObject pod, string name) => (pod["spec"]?[name] as JsonArray)?.OfType<JsonObject>() ?? [];
}
