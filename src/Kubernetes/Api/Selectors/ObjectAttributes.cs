using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Selectors;

/// <summary>Labels and selectable fields of a stored version, read from its bytes once and kept with it.</summary>
internal sealed class ObjectAttributes
{
    private readonly Dictionary<string, string> fields = [];

    private ObjectAttributes(JsonObject document, ResourceInfo resource)
    {
        var labels = new Dictionary<string, string>();
        foreach (var (name, value) in document.Object("metadata", "labels") ?? [])
        {
            labels[name] = value.Text() ?? "";
        }
        Labels = labels;
        foreach (var (field, value) in resource.Strategy.Fields?.Invoke(document) ?? [])
        {
            fields[field] = value;
        }
    }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public static ObjectAttributes Of(StoredObject stored, ResourceInfo resource)
    {
        if (stored.Attributes is ObjectAttributes known)
        {
            return known;
        }
        var attributes = new ObjectAttributes((JsonObject)JsonBody.Parse(stored.Value).Root!, resource);
        stored.Attributes = attributes;
        return attributes;
    }

    public string Field(string field) => fields.GetValueOrDefault(field, "");
}
