using Kubernetes.Api.Resources;
using Kubernetes.Store;

namespace Kubernetes.Api.Selectors;

/// <summary>Which objects a list or watch is about: namespace, labels, fields.</summary>
internal sealed record ObjectFilter(ResourceInfo Resource, string? Namespace, LabelSelector Labels, FieldSelector Fields)
{
    public bool HasSelector => !Labels.IsEverything || !Fields.IsEverything;

    public bool Matches(StoredObject stored)
    {
        if (Namespace is not null && stored.Key.Namespace != Namespace)
        {
            return false;
        }
        if (!HasSelector)
        {
            return true;
        }
        if (Fields.Name is { } name && stored.Key.Name != name)
        {
            return false;
        }
        return (Labels.IsEverything || Labels.Matches(ObjectAttributes.Of(stored, Resource).Labels))
            && (Fields.IsEverything || Fields.Matches(field => Field(stored, field)));
    }

    private string Field(StoredObject stored, string field) => field switch
    {
        "metadata.name" => stored.Key.Name,
        "metadata.namespace" => stored.Key.Namespace,
        _ => ObjectAttributes.Of(stored, Resource).Field(field),
    };
}
