using System.Text.Json.Nodes;
using Kubernetes.Cel.Values;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>An object or a map of a custom resource.</summary>
internal sealed class SchemaMap(JsonObject map, Schema? schema) : ICelMap
{
    public IEnumerable<object> Keys => map.Select(member => member.Key);

    public int Count => map.Count;

    public bool TryGet(object key, out object? value)
    {
        value = null;
        if (key is not string name || !map.TryGetPropertyValue(name, out var found))
        {
            return false;
        }
        value = SchemaValue.Of(found, schema?.Fields.GetValueOrDefault(name)?.Schema ?? schema?.Additional?.Value);
        return true;
    }

    public bool TrySelect(string field, out object? value) => TryGet(schema?.Additional is null ? EscapedName.Unescape(field) : field, out value);
}
