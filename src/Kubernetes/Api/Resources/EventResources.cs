using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Resources;

/// <summary>Events are one store with two views: core/v1 (stored) and events.k8s.io/v1, which names several fields differently.</summary>
internal static class EventResources
{
    private static readonly (string Core, string Events)[] Renamed =
    [
        ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"), ("firstTimestamp", "deprecatedFirstTimestamp"),
        ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
    ];

    private static readonly string[] ObjectFields = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"];

    private static readonly ResourceStrategy Strategy = new()
    {
        AllowCreateOnUpdate = true,
        FieldNames = [.. ObjectFields.Select(name => "involvedObject." + name), "reason", "reportingComponent", "source", "type"],
        Fields = Fields,
        Default = core =>
        {
            core.Default("type", "Normal");
            core.Sub("involvedObject");
            core.Default("reportingComponent", "");
            core.Default("reportingInstance", "");
            core.Sub("source");
        },
    };

    public static ResourceInfo Core() => BuiltInResources.Of("", "v1", "events", "Event", Strategy, "ev");

    public static ResourceInfo EventsGroup() => BuiltInResources.Of("events.k8s.io", "v1", "events", "Event", Strategy, "ev") with
    {
        StorageResource = "events",
        FromStorage = stored => Rename(stored, toEvents: true),
        ToStorage = sent => Rename(sent, toEvents: false),
    };

    private static IEnumerable<(string Field, string Value)> Fields(JsonObject core)
    {
        foreach (var field in ObjectFields)
        {
            yield return ("involvedObject." + field, core.Text("involvedObject", field) ?? "");
        }
        yield return ("reason", core.Text("reason") ?? "");
        yield return ("type", core.Text("type") ?? "");
        yield return ("reportingComponent", core.Text("reportingComponent") ?? "");
        yield return ("source", core.Text("source", "component") ?? core.Text("reportingComponent") ?? "");
    }

    private static JsonObject Rename(JsonObject source, bool toEvents)
    {
        var target = new JsonObject();
        foreach (var (name, value) in source)
        {
            var pair = Array.Find(Renamed, pair => (toEvents ? pair.Core : pair.Events) == name);
            target[pair == default ? name : toEvents ? pair.Events : pair.Core] = value?.DeepClone();
        }
        target["apiVersion"] = toEvents ? "events.k8s.io/v1" : "v1";
        return target;
    }
}
