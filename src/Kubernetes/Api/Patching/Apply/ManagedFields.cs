using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// Keeps managedFields in step with writes other than apply: who changes a field owns it. Objects are tracked from their
/// first apply on, as upstream does for objects that carry no managers (managedfields/skipnonapplied.go).
/// </summary>
internal static class ManagedFields
{
    /// <summary>Plain creates begin without managers.</summary>
    public static void OnCreate(WriteRequest request, JsonObject document)
    {
        if (!request.IsApply)
        {
            document.Object("metadata")?.Remove("managedFields");
        }
    }

    public static void OnUpdate(WriteRequest request, JsonObject document, JsonObject old, string time)
    {
        if (request.IsApply)
        {
            return;
        }
        var metadata = document.Sub("metadata");
        if (metadata["managedFields"] is JsonArray { Count: 1 } sent && sent[0] is JsonObject { Count: 0 })
        {
            metadata.Remove("managedFields"); // one empty entry asks to forget all managers
            return;
        }
        if (old.Array("metadata", "managedFields") is not { Count: > 0 })
        {
            metadata.Remove("managedFields");
            return;
        }
        metadata.CopyMember("managedFields", old.Sub("metadata"));
        if (Same(document, old))
        {
            return;
        }
        var resource = request.Resource;
        var schema = resource.Schema.Value;
        var before = FieldSetOf.Object(old, schema);
        var after = FieldSetOf.Object(document, schema);
        var changed = after.ChangedSince(before);
        var removed = before.Except(after);
        var subresource = request.Subresource ?? "";
        var managers = ManagerEntry.Read(old);
        var own = managers.Find(entry => entry.Is(request.FieldManager, "Update", resource.ApiVersion, subresource));
        var others = managers.Where(entry => entry != own).Select(entry => entry with { Fields = entry.Fields.Except(changed).Except(removed) });
        var fields = (own?.Fields ?? new FieldSet()).Except(removed).Union(changed);
        ManagerEntry.Write(document, [.. others, new ManagerEntry(request.FieldManager, "Update", resource.ApiVersion, subresource, time, fields)]);
    }

    private static bool Same(JsonObject document, JsonObject old)
    {
        var before = (JsonObject)old.DeepClone();
        before.Sub("metadata").Remove("resourceVersion");
        return document.SameAs(before);
    }
}
