using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>What admission knows beside the write itself; looked up when first asked for.</summary>
internal sealed class AdmissionSurroundings(ApiContext api, AdmissionAttributes attributes)
{
    private readonly Lazy<JsonObject?> space = new(() =>
        attributes.Request.Resource.Namespaced && api.Store.Find(new("namespaces", "", attributes.Request.Namespace)) is { } stored ? Metadata.Tree(stored.Value) : null);

    /// <summary>The other versions in which the same object is served.</summary>
    public IEnumerable<ResourceInfo> Versions =>
        api.Resources.All.Where(other => other != attributes.Request.Resource && other.StorageResource == attributes.Request.Resource.StorageResource);

    /// <summary>The namespace of what is written; null for cluster-scoped objects.</summary>
    public JsonObject? Namespace => space.Value;

    /// <summary>The labels that a namespaceSelector looks at: a namespace's own, or its namespace's; null for other cluster-scoped objects.</summary>
    public JsonObject? NamespaceLabels => attributes.Request.Resource switch
    {
        { Group: "", Plural: "namespaces" } => (attributes.Object ?? attributes.OldObject).Object("metadata", "labels") ?? [],
        { Namespaced: false } => null,
        _ => Namespace.Object("metadata", "labels") ?? [],
    };
}
