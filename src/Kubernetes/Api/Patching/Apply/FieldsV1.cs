using System.Text.Json.Nodes;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>Field sets in the JSON form of managedFields[].fieldsV1.</summary>
internal static class FieldsV1
{
    public static JsonObject Write(FieldSet set)
    {
        var json = new JsonObject();
        foreach (var (step, child) in set.Children)
        {
            var nested = Write(child);
            if (child.Owned && child.Children.Count > 0)
            {
                nested.Insert(0, ".", new JsonObject());
            }
            json[step] = nested;
        }
        return json;
    }

    public static FieldSet Read(JsonObject? json)
    {
        var set = new FieldSet();
        foreach (var (step, nested) in json ?? [])
        {
            if (step == ".")
            {
                set.Owned = true;
                continue;
            }
            var child = Read(nested as JsonObject);
            child.Owned |= child.Children.Count == 0;
            set.Add(step, child);
        }
        return set;
    }
}
