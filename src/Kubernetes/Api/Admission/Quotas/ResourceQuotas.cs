using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Quotas;
using Kubernetes.Store;

namespace Kubernetes.Api.Admission.Quotas;

/// <summary>
/// A namespace's ResourceQuotas: the last word of admission (apiserver admission/plugin/resourcequota). What is used is counted in the store, and
/// counting and writing are one step, so that writers side by side never get more than there is. As upstream, a quota holds from when its
/// controller has set <c>status.hard</c>.
/// </summary>
internal sealed class ResourceQuotas(ApiContext api)
{
    private const string Stored = "resourcequotas";

    private readonly Lock gate = new();

    /// <summary>Writes, if the namespace's quotas have room for what the write adds.</summary>
    /// <param name="request">The write.</param>
    /// <param name="document">What is to be stored.</param>
    /// <param name="old">What it replaces, or null.</param>
    /// <param name="commit">Writes it.</param>
    /// <exception cref="ApiException">403: a quota has no room, or wants to know more.</exception>
    public T Commit<T>(WriteRequest request, JsonObject document, JsonObject? old, Func<T> commit)
    {
        if (!IsCharged(request, old) || !api.Store.List(Stored).Objects(request.Namespace).Any())
        {
            return commit();
        }
        lock (gate)
        {
            var charges = Charges(request, document, old);
            var result = commit();
            if (!request.DryRun)
            {
                charges.ForEach(Write);
            }
            return result;
        }
    }

    private static bool IsCharged(WriteRequest request, JsonObject? old) =>
        request is { Resource.Namespaced: true, Subresource: null } && request.Resource.Plural != "events"
        && (old is null || request.Resource is { Group: "", Plural: "services" or "persistentvolumeclaims" });

    private List<(ObjectKey Quota, Dictionary<string, Quantity> Used)> Charges(WriteRequest request, JsonObject document, JsonObject? old)
    {
        var (group, plural) = (request.Resource.Group, request.Resource.Plural);
        var isPod = request.Resource is { Group: "", Plural: "pods" };
        var now = api.Time.GetUtcNow();
        var usage = QuotaUsage.Of(group, plural, document, now);
        var before = old is null ? null : QuotaUsage.Of(group, plural, old, now);
        var charges = new List<(ObjectKey, Dictionary<string, Quantity>)>();
        foreach (var stored in api.Store.List(Stored).Objects(request.Namespace))
        {
            var quota = Metadata.Tree(stored.Value);
            var hard = (quota.Object("status", "hard") ?? []).ToDictionary(entry => entry.Key, entry => Quantity.Parse(entry.Value.Display()), StringComparer.Ordinal);
            var counted = hard.Keys.Where(name => QuotaUsage.Counts(name) == (group, plural)).Order(StringComparer.Ordinal).ToList();
            if (counted.Count == 0 || !QuotaScopes.Match(quota.Object("spec"), isPod, document))
            {
                continue;
            }
            if (isPod && old is null && PodUsage.Missing(document, counted) is { } missing)
            {
                throw Refused(request, $"failed quota: {stored.Key.Name}: {missing}");
            }
            var added = counted.Where(usage.ContainsKey).ToDictionary(name => name, name => usage[name] - (before?.GetValueOrDefault(name) ?? default), StringComparer.Ordinal);
            var others = api.Store.List(request.Key.Resource).Objects(request.Namespace).Select(other => Metadata.Tree(other.Value));
            var used = QuotaTotals.Of(counted, quota.Object("spec"), group, plural, others, now);
            var exceeded = added.Keys.Where(name => added[name].Value > 0 && (used[name] + added[name]).Value > hard[name].Value).ToList();
            if (exceeded.Count > 0)
            {
                throw Refused(request, $"exceeded quota: {stored.Key.Name}, requested: {Text(exceeded, added)}, used: {Text(exceeded, used)}, limited: {Text(exceeded, hard)}");
            }
            charges.Add((stored.Key, counted.ToDictionary(name => name, name => used[name] + added.GetValueOrDefault(name), StringComparer.Ordinal)));
        }
        return charges;
    }

    private void Write((ObjectKey Quota, Dictionary<string, Quantity> Used) charge)
    {
        while (api.Store.Find(charge.Quota) is { } stored)
        {
            var quota = Metadata.Tree(stored.Value);
            var used = quota.Sub("status").Sub("used");
            foreach (var (name, amount) in charge.Used)
            {
                used[name] = amount.ToString();
            }
            try
            {
                api.Store.Update(charge.Quota, CanonicalJson.Write(quota), stored.Revision);
                return;
            }
            catch (StoreConflictException)
            {
                // its controller wrote meanwhile
            }
        }
    }

    private static string Text(IEnumerable<string> names, IReadOnlyDictionary<string, Quantity> amounts) => string.Join(',', names.Select(name => $"{name}={amounts[name]}"));

    private static ApiException Refused(WriteRequest request, string why) => StatusErrors.Forbidden(request.Resource, request.Name, why);
}
