using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// Names one resource type of the Kubernetes API and the C# type its objects are read as:
/// what client-go calls a GroupVersionResource, with its kind and scope.
/// </summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">API version within the group, e.g. <c>v1</c>.</param>
/// <param name="Plural">Name in URLs, e.g. <c>replicasets</c>.</param>
/// <param name="Kind">Kind of one object, e.g. <c>ReplicaSet</c>.</param>
/// <param name="Namespaced">Whether objects live in a namespace.</param>
public sealed record Resource<T>(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary><c>v1</c> or <c>group/version</c>, as written in manifests.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary><c>replicasets.apps</c>: the form upstream's messages use.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>The same resource read as objects of another type.</summary>
    public Resource<TOther> As<TOther>()
        where TOther : class, IKubernetesObject<V1ObjectMeta>
        => new(Group, Version, Plural, Kind, Namespaced);

    internal string Path(string? @namespace, string? name = null, string? subresource = null)
    {
        var path = Group.Length == 0 ? $"api/{Version}" : $"apis/{Group}/{Version}";
        if (Namespaced && !string.IsNullOrEmpty(@namespace))
        {
            path += $"/namespaces/{Uri.EscapeDataString(@namespace)}";
        }

        path += $"/{Plural}";
        if (name is not null)
        {
            path += $"/{Uri.EscapeDataString(name)}";
        }

        return subresource is null ? path : $"{path}/{subresource}";
    }
}
