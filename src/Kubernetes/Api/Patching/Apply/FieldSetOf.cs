using System.Text.Json.Nodes;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// The set of fields that an object sets (structured-merge-diff typed.ToFieldSet), without those that identify it. With nodes, it also holds
/// the maps, lists and optional structs around them: what upstream's comparison with the object as it was calls added.
/// </summary>
internal static class FieldSetOf
{
    private static readonly string[] Identity = ["name", "namespace", "creationTimestamp", "selfLink", "uid", "generation", "managedFields", "resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <param name="document">The object.</param>
    /// <param name="schema">Its shape; null: unknown.</param>
    /// <param name="nodes">Whether to hold nodes too.</param>
    /// <param name="except">An object whose equal members at the root are left out; null: none are.</param>
    public static FieldSet Object(JsonObject document, Schema? schema, bool nodes = false, JsonObject? except = null)
    {
        var set = new FieldSet();
        foreach (var (name, value) in document)
        {
            if (except is null || !value.SameAs(except[name]))
            {
                Member(name, value, schema, set, nodes);
            }
        }
        set.Remove("f:apiVersion");
        set.Remove("f:kind");
        if (set.Children.TryGetValue("f:metadata", out var metadata))
        {
            foreach (var field in Identity)
            {
                metadata.Remove("f:" + field);
            }
            metadata.Owned = false;
            if (metadata.IsEmpty)
            {
                set.Remove("f:metadata");
            }
        }
        return set;
    }

    private static void Map(JsonObject map, Schema? schema, FieldSet set, bool nodes)
    {
        foreach (var (name, value) in map)
        {
            Member(name, value, schema, set, nodes);
        }
    }

    private static void Member(string name, JsonNode? value, Schema? schema, FieldSet set, bool nodes)
    {
        var known = schema?.Fields.GetValueOrDefault(name);
        var child = set.Child(FieldSteps.Field(name));
        Value(value, known?.Schema ?? schema?.Additional?.Value, child, nodes);
        // members of maps are items in their own right, fields of structs are not
        child.Owned |= known is null || value is null or JsonObject { Count: 0 } || (nodes && IsNode(known, value));
    }

    /// <summary>Structs that are always there are nobody's.</summary>
    private static bool IsNode(SchemaField field, JsonNode? value) => field.Optional
        || (field.OmitEmpty && (value is JsonArray || (value is JsonObject && field.Schema is { Additional: not null } or { Type: SchemaType.Any })));

    private static void Value(JsonNode? value, Schema? schema, FieldSet set, bool nodes)
    {
        switch (value)
        {
            case JsonObject map when schema is not { Atomic: true }:
                Map(map, schema, set, nodes);
                break;
            case JsonArray list when schema is { Type: SchemaType.Array, ListType: not ListType.Atomic }:
                foreach (var item in list)
                {
                    var child = set.Child(FieldSteps.Item(item, schema));
                    if (schema.ListType == ListType.Map)
                    {
                        Value(item, schema.Items?.Value, child, nodes);
                    }
                    child.Owned = true;
                }
                break;
            default:
                set.Owned = true;
                set.Value = value;
                break;
        }
    }
}
