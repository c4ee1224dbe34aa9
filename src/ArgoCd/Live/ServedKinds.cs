using ArgoCd.Settings;
using Controllers.Runtime.Client;

namespace ArgoCd.Live;

/// <summary>The kinds that the cluster serves: where to read and write an object of a kind.</summary>
internal sealed class ServedKinds(ApiClient client)
{
    /// <summary>Kubernetes before 1.22 serves some kinds, such as Ingress, here too: the same objects a second time.</summary>
    private const string Obsolete = "extensions";

    private Discovery? _discovery;

    /// <summary>Asks the cluster again.</summary>
    public async Task<Discovery> RefreshAsync(CancellationToken cancel) => _discovery = await Discovery.ReadAsync(client, cancel);

    /// <summary>The resource of an object's kind in its version; null when the cluster does not serve it. Asks again before it says so.</summary>
    public async Task<Resource<Unstructured>?> FindAsync(string apiVersion, string kind, CancellationToken cancel)
    {
        if (_discovery?.Find(apiVersion, kind) is { } known)
        {
            return known.Resource;
        }

        return (await RefreshAsync(cancel)).Find(apiVersion, kind)?.Resource;
    }

    /// <summary>Whether objects of a group's kind live in a namespace; null when the cluster does not know it.</summary>
    public bool? IsNamespaced(string group, string kind)
        => _discovery?.Resources.FirstOrDefault(served => served.Resource.Group == group && served.Resource.Kind == kind)?.Resource.Namespaced;

    /// <summary>Kinds to watch: listable, watchable, in the preferred version, not excluded by the settings.</summary>
    public static IEnumerable<Resource<Unstructured>> Watchable(Discovery discovery, ResourceExclusions exclusions)
        => discovery.PreferredResources
            .Where(served => served.Supports("list", "watch", "get"))
            .Select(served => served.Resource)
            .Where(resource => resource is not ({ Plural: "events" } or { Group: Obsolete }) && !exclusions.IsExcluded(resource.Group, resource.Kind));
}
