using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>
/// Keeps managedFields in step with writes other than apply: who creates or changes a field owns it (apimachinery
/// managedfields/internal/fieldmanager.go). An object whose managers were taken away is tracked again from its next apply on
/// (skipnonapplied.go).
/// </summary>
internal static class ManagedFields
{
    private const string Update = "Update";

    /// <summary>Called once defaults are in and before anybody else adds to the object: what comes after has no manager.</summary>
    public static void OnCreate(WriteRequest request, JsonObject document, string time)
    {
        if (request.IsApply)
        {
            return;
        }
        document.Sub("metadata").Remove("managedFields");
        var resource = request.Resource;
        var fields = FieldSetOf.Object(document, resource.Schema.Value, nodes: true);
        ManagerEntry.Write(document, [new ManagerEntry(request.FieldManager, Update, resource.ApiVersion, request.Subresource ?? "", time, fields)]);
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
        // a client may edit the entries, as kubectl does when it moves from client-side to server-side apply; a subresource may not
        if (request.Subresource is not null || ManagerEntry.Read(document).Count == 0)
        {
            metadata.CopyMember("managedFields", old.Sub("metadata"));
        }
        if (metadata.Array("managedFields") is not { Count: > 0 } || Same(document, old))
        {
            return;
        }
        Track(request, document, old, time);
    }

    private static void Track(WriteRequest request, JsonObject document, JsonObject old, string time)
    {
        var resource = request.Resource;
        var before = FieldSetOf.Object(old, resource.Schema.Value, nodes: true, except: document);
        var after = FieldSetOf.Object(document, resource.Schema.Value, nodes: true, except: old);
        var changed = after.ChangedSince(before);
        var removed = before.Except(after);
        if (changed.IsEmpty && removed.IsEmpty)
        {
            return;
        }
        var subresource = request.Subresource ?? "";
        var managers = ManagerEntry.Read(document);
        var own = managers.Find(entry => entry.Is(request.FieldManager, Update, resource.ApiVersion, subresource));
        var others = managers.Where(entry => entry != own).Select(entry => entry with { Fields = entry.Fields.Except(changed).Except(removed) });
        var fields = (own?.Fields ?? new FieldSet()).Except(removed).Union(changed);
        ManagerEntry.Write(document, [.. others, new ManagerEntry(request.FieldManager, Update, resource.ApiVersion, subresource, time, fields)]);
    }

    private static bool Same(JsonObject document, JsonObject old)
    {
        var version = old.Sub("metadata")["resourceVersion"];
        old.Sub("metadata").Remove("resourceVersion");
        var same = document.SameAs(old);
        if (version is not null)
        {
            old.Sub("metadata")["resourceVersion"] = version;
        }
        return same;
    }
}
