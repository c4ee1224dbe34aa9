using System.Collections.Concurrent;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers.Monitoring;

namespace Kubernetes.Controllers.GarbageCollection;

/// <summary>
/// Asks the server for owners: the graph may be behind, and nothing is deleted on its word alone. An owner is the object
/// with the reference's uid, in the dependent's own namespace.
/// </summary>
internal sealed class OwnerLookup(ApiClient client, ResourceMonitors monitors)
{
    private const int AbsentMax = 5000;

    // a uid never comes back
    private readonly ConcurrentDictionary<(string Namespace, string Uid), bool> _absent = new();

    /// <summary>The server said, or its watch showed, that there is no such owner.</summary>
    public void KnowAbsent(string @namespace, string uid)
    {
        if (_absent.Count >= AbsentMax)
        {
            _absent.Clear(); // forgetting costs one request each
        }

        _absent[(@namespace, uid)] = true;
    }

    /// <exception cref="InvalidOperationException">The server does not serve the owner's kind: nothing can be said of it.</exception>
    public async Task<OwnerState> StateAsync(GraphNode item, V1OwnerReference reference, CancellationToken cancel)
    {
        var @namespace = item.Metadata.NamespaceProperty ?? "";
        if (_absent.ContainsKey((@namespace, reference.Uid)))
        {
            return OwnerState.Absent;
        }

        var served = monitors.Served?.Find(reference.ApiVersion, reference.Kind)
            ?? throw new InvalidOperationException($"no matches for kind \"{reference.Kind}\" in version \"{reference.ApiVersion}\"");
        if (served.Resource.Namespaced && @namespace.Length == 0)
        {
            return OwnerState.Solid; // upstream leaves cluster-scoped objects with a namespaced owner alone
        }

        var owner = await client.FindAsync(
            served.Resource.As<PartialObject>(), served.Resource.Namespaced ? @namespace : null, reference.Name, cancel);
        if (owner is null || owner.Metadata.Uid != reference.Uid)
        {
            KnowAbsent(@namespace, reference.Uid);
            return OwnerState.Absent;
        }

        var node = new GraphNode(served.Resource.As<PartialObject>(), owner.Metadata);
        return node.IsDeletingDependents ? OwnerState.WaitingForDependents : OwnerState.Solid;
    }
}
