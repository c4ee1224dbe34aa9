using System.Text.Json.Nodes;

namespace Kubernetes.Quotas;

/// <summary>What objects use of a quota together.</summary>
internal static class QuotaTotals
{
    /// <param name="names">The quota's names that objects of this kind count for; each is in the result.</param>
    /// <param name="spec">The quota's, whose scopes choose among the objects.</param>
    /// <param name="group">The API group of the objects' kind.</param>
    /// <param name="plural">Its plural.</param>
    /// <param name="objects">All of the namespace.</param>
    /// <param name="now">At which they are looked at: a pod that has ended uses nothing.</param>
    public static Dictionary<string, Quantity> Of(
        IEnumerable<string> names, JsonObject? spec, string group, string plural, IEnumerable<JsonObject> objects, DateTimeOffset now)
    {
        var totals = names.ToDictionary(name => name, _ => default(Quantity), StringComparer.Ordinal);
        var isPod = (group, plural) == ("", "pods");
        foreach (var (name, amount) in objects.Where(@object => QuotaScopes.Match(spec, isPod, @object)).SelectMany(@object => QuotaUsage.Of(group, plural, @object, now)))
        {
            if (totals.TryGetValue(name, out var so))
            {
                totals[name] = so + amount;
            }
        }

        return totals;
    }
}
