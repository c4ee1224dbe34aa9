using System.Globalization;
using System.Text.Json.Nodes;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;
using Amounts = System.Collections.Generic.Dictionary<string, (decimal Value, string Text)>;

namespace Kubernetes.Api.Admission.Limits;

/// <summary>Whether containers, pods and claims keep within limits: minimum, maximum, and how far a limit may be above its request.</summary>
internal static class LimitRules
{
    public static IReadOnlyList<string> OfPod(JsonObject pod, IReadOnlyList<JsonObject> limits)
    {
        var problems = new List<string>();
        foreach (var limit in limits)
        {
            if (limit.Text("type") == "Container")
            {
                foreach (var container in pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")))
                {
                    Check(limit, "Container", Read(container, "requests"), Read(container, "limits"), problems);
                }
            }
            else if (limit.Text("type") == "Pod")
            {
                Check(limit, "Pod", Total(pod, "requests"), Total(pod, "limits"), problems);
            }
        }
        return problems;
    }

    public static IReadOnlyList<string> OfClaim(JsonObject claim, IReadOnlyList<JsonObject> limits)
    {
        var problems = new List<string>();
        var requests = Read(claim.Object("spec")!, "requests");
        foreach (var limit in limits.Where(limit => limit.Text("type") == "PersistentVolumeClaim"))
        {
            foreach (var (name, bound) in Bounds(limit, "min"))
            {
                Least(name, "PersistentVolumeClaim", bound, requests, [], problems);
            }
            foreach (var (name, bound) in Bounds(limit, "max").Where(bound => Over(requests, bound.Name, bound.Bound)))
            {
                problems.Add($"maximum {name} usage per PersistentVolumeClaim is {bound.Display()}, but request is {requests[name].Text}");
            }
        }
        return problems;
    }

    private static void Check(
        JsonObject limit, string type, Amounts requests, Amounts limits, List<string> problems)
    {
        foreach (var (name, bound) in Bounds(limit, "min"))
        {
            Least(name, type, bound, requests, limits, problems);
        }
        foreach (var (name, bound) in Bounds(limit, "max"))
        {
            Most(name, type, bound, requests, limits, problems);
        }
        foreach (var (name, bound) in Bounds(limit, "maxLimitRequestRatio"))
        {
            Ratio(name, type, bound, requests, limits, problems);
        }
    }

    private static void Least(
        string name, string type, JsonNode bound, Amounts requests, Amounts limits, List<string> problems)
    {
        var rule = $"minimum {name} usage per {type} is {bound.Display()}";
        if (!requests.TryGetValue(name, out var request))
        {
            problems.Add($"{rule}.  No request is specified");
        }
        else if (request.Value < ContainerResources.Amount(bound))
        {
            problems.Add($"{rule}, but request is {request.Text}");
        }
        else if (limits.TryGetValue(name, out var limit) && limit.Value < ContainerResources.Amount(bound))
        {
            problems.Add($"{rule}, but limit is {limit.Text}");
        }
    }

    private static void Most(
        string name, string type, JsonNode bound, Amounts requests, Amounts limits, List<string> problems)
    {
        var rule = $"maximum {name} usage per {type} is {bound.Display()}";
        if (!limits.TryGetValue(name, out var limit))
        {
            problems.Add($"{rule}.  No limit is specified");
        }
        else if (limit.Value > ContainerResources.Amount(bound))
        {
            problems.Add($"{rule}, but limit is {limit.Text}");
        }
        else if (Over(requests, name, bound))
        {
            problems.Add($"{rule}, but request is {requests[name].Text}");
        }
    }

    private static void Ratio(
        string name, string type, JsonNode bound, Amounts requests, Amounts limits, List<string> problems)
    {
        var rule = $"{name} max limit to request ratio per {type} is {bound.Display()}";
        var (request, limit) = (requests.GetValueOrDefault(name).Value, limits.GetValueOrDefault(name).Value);
        if (request == 0)
        {
            problems.Add($"{rule}, but no request is specified or request is 0");
        }
        else if (limit == 0)
        {
            problems.Add($"{rule}, but no limit is specified or limit is 0");
        }
        else if (limit / request > ContainerResources.Amount(bound))
        {
            problems.Add($"{rule}, but provided ratio is {(limit / request).ToString("F6", CultureInfo.InvariantCulture)}");
        }
    }

    private static bool Over(Amounts amounts, string name, JsonNode bound) =>
        amounts.TryGetValue(name, out var amount) && amount.Value > ContainerResources.Amount(bound);

    private static IEnumerable<(string Name, JsonNode Bound)> Bounds(JsonObject limit, string which) =>
        (limit.Object(which) ?? []).Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!)).OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static Amounts Read(JsonObject owner, string list) =>
        (owner.Object("resources", list) ?? []).ToDictionary(pair => pair.Key, pair => (ContainerResources.Amount(pair.Value) ?? 0, pair.Value.Display()));

    /// <summary>A pod's containers together; those that run first and one at a time count only where one of them wants more.</summary>
    private static Amounts Total(JsonObject pod, string list)
    {
        var total = new Dictionary<string, decimal>();
        foreach (var (name, (value, _)) in pod.Items("spec", "containers").SelectMany(container => Read(container, list)))
        {
            total[name] = total.GetValueOrDefault(name) + value;
        }
        foreach (var (name, (value, _)) in pod.Items("spec", "initContainers").SelectMany(container => Read(container, list)))
        {
            total[name] = Math.Max(total.GetValueOrDefault(name), value);
        }
        return total.ToDictionary(pair => pair.Key, pair => (pair.Value, new k8s.Models.ResourceQuantity(pair.Value, 0, k8s.Models.ResourceQuantity.SuffixFormat.DecimalSI).CanonicalizeString()));
    }
}
