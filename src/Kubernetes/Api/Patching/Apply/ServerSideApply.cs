using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Patching.Apply;

/// <summary>Who applies: the manager, to which part, in which version, and whether it takes fields from others.</summary>
internal sealed record Applier(string Manager, string ApiVersion, string Subresource, bool Force, string Time);

/// <summary>Server-side apply (KEP-555; structured-merge-diff merge/update.go): a pure function of live object and configuration.</summary>
internal static class ServerSideApply
{
    private const string BeforeFirstApply = "before-first-apply";

    /// <returns>The merged object with its managers; <paramref name="live"/> is consumed.</returns>
    /// <exception cref="ApiException">409: others own fields with other values.</exception>
    public static JsonObject Apply(JsonObject live, JsonObject applied, Schema? schema, Applier applier)
    {
        var before = FieldSetOf.Object(live, schema, nodes: true);
        var managers = ManagerEntry.Read(live);
        if (managers.Count == 0)
        {
            managers.Add(new ManagerEntry(BeforeFirstApply, "Update", applier.ApiVersion, "", applier.Time, before));
        }
        var set = FieldSetOf.Object(applied, schema);
        var previous = managers.Find(entry => entry.Is(applier.Manager, "Apply", applier.ApiVersion, applier.Subresource));
        var others = managers.Where(entry => entry != previous).ToList();

        var untouched = (JsonObject)live.DeepClone();
        var merged = ApplyMerge.Objects(live, (JsonObject)applied.DeepClone(), schema);
        if (previous is not null)
        {
            var kept = others.Aggregate(set, (all, entry) => all.Union(entry.Fields));
            ApplyPrune.Remove(merged, previous.Fields.Except(set), kept, schema);
        }
        var after = FieldSetOf.Object(merged, schema, nodes: true);
        var changed = after.ChangedSince(before);
        if (!applier.Force)
        {
            Refuse(others, LastApplied.Unchanged(untouched, applier.Manager, schema) is { } own ? changed.Except(own) : changed);
        }
        var removed = before.Except(after);
        others = others.ConvertAll(entry => entry with { Fields = entry.Fields.Except(changed).Except(removed) });

        var time = previous is not null && previous.Fields.SameAs(set) && Unchanged(untouched, merged) ? previous.Time : applier.Time;
        LastApplied.Update(merged, applied, applier.Manager); // whoever owns the annotation keeps it
        ManagerEntry.Write(merged, [.. others, new ManagerEntry(applier.Manager, "Apply", applier.ApiVersion, applier.Subresource, time, set)]);
        return merged;
    }

    /// <summary>The managers of an object that apply creates.</summary>
    public static void Begin(JsonObject created, Schema? schema, Applier applier) =>
        ManagerEntry.Write(created, [new ManagerEntry(applier.Manager, "Apply", applier.ApiVersion, applier.Subresource, applier.Time, FieldSetOf.Object(created, schema))]);

    private static bool Unchanged(JsonObject before, JsonObject after) => Same(before, after, "metadata", (left, right) =>
        left is JsonObject old && right is JsonObject merged ? Same(old, merged, "managedFields", (_, _) => true) : left.SameAs(right));

    /// <summary>Whether two objects are equal, one member of them judged by its own measure.</summary>
    private static bool Same(JsonObject left, JsonObject right, string member, Func<JsonNode?, JsonNode?, bool> measure) =>
        Others(left, member) == Others(right, member) && measure(left[member], right[member])
        && left.All(pair => pair.Key == member || (right.TryGetPropertyValue(pair.Key, out var other) && pair.Value.SameAs(other)));

    private static int Others(JsonObject map, string member) => map.Count - (map.ContainsKey(member) ? 1 : 0);

    /// <exception cref="ApiException">409: others own what would change.</exception>
    private static void Refuse(List<ManagerEntry> others, FieldSet changed)
    {
        var conflicts = others.Select(entry => (Entry: entry, Paths: entry.Fields.Intersect(changed).Paths().ToList())).Where(conflict => conflict.Paths.Count > 0).ToList();
        if (conflicts.Count > 0)
        {
            throw Conflict(conflicts);
        }
    }

    private static ApiException Conflict(List<(ManagerEntry Entry, List<string> Paths)> conflicts)
    {
        var causes = new JsonArray();
        foreach (var (entry, path) in conflicts.SelectMany(conflict => conflict.Paths.Select(path => (conflict.Entry, path))))
        {
            causes.Add((JsonNode)new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with {entry.Display()}", ["field"] = path });
        }
        var message = causes.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {conflicts[0].Entry.Display()}: {conflicts[0].Paths[0]}"
            : $"Apply failed with {causes.Count} conflicts: " + string.Join('\n', conflicts.Select(conflict =>
                $"conflicts with {conflict.Entry.Display()}:\n{string.Join('\n', conflict.Paths.Select(path => $"- {path}"))}"));
        return new ApiException(409, "Conflict", message, new JsonObject { ["causes"] = causes });
    }
}
