using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>One entry of metadata.managedFields.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string ApiVersion, string Subresource, string? Time, FieldSet Fields)
{
    /// <summary>The fields as they were read, so that what nobody changed is not written anew.</summary>
    private (FieldSet Fields, JsonObject Json)? Known { get; init; }

    public bool IsApply => Operation == "Apply";

    public static List<ManagerEntry> Read(JsonObject document) =>
    [
        .. document.Items("metadata", "managedFields").Where(entry => entry.ContainsKey("manager")).Select(One),
    ];

    private static ManagerEntry One(JsonObject entry)
    {
        var json = entry.Object("fieldsV1") ?? [];
        var fields = FieldsV1.Read(json);
        return new ManagerEntry(
            entry.Text("manager") ?? "", entry.Text("operation") ?? "Update", entry.Text("apiVersion") ?? "", entry.Text("subresource") ?? "", entry.Text("time"), fields)
        {
            Known = (fields, json),
        };
    }

    public static void Write(JsonObject document, IEnumerable<ManagerEntry> entries)
    {
        var list = new JsonArray();
        foreach (var entry in entries.Where(entry => !entry.Fields.IsEmpty).OrderBy(entry => entry.IsApply ? 0 : 1).ThenBy(entry => entry.Time, StringComparer.Ordinal).ThenBy(entry => entry.Manager, StringComparer.Ordinal))
        {
            list.Add((JsonNode)entry.ToJson());
        }
        var metadata = document.Sub("metadata");
        if (list.Count > 0)
        {
            metadata["managedFields"] = list;
        }
        else
        {
            metadata.Remove("managedFields");
        }
    }

    public bool Is(string manager, string operation, string apiVersion, string subresource) =>
        Manager == manager && Operation == operation && Subresource == subresource && (operation == "Apply" || ApiVersion == apiVersion);

    /// <summary>As conflicts name it.</summary>
    public string Display()
    {
        var name = $"\"{Manager}\"" + (Subresource.Length > 0 ? $" with subresource \"{Subresource}\"" : "");
        return IsApply ? name : $"{name} using {ApiVersion}";
    }

    private JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager, ["operation"] = Operation, ["apiVersion"] = ApiVersion, ["fieldsType"] = "FieldsV1", ["fieldsV1"] = Known is { } known && known.Fields == Fields ? known.Json.DeepClone() : FieldsV1.Write(Fields),
        };
        if (Time is not null)
        {
            json["time"] = Time;
        }
        if (Subresource.Length > 0)
        {
            json["subresource"] = Subresource;
        }
        return json;
    }
}
