using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What a scenario looks at beyond single objects, each as a small document that waits can follow field by field.</summary>
public static class Views
{
    private static readonly string[] OfAnApplication = ["Rollout", "ReplicaSet", "Pod", "Service", "EndpointSlice", "Ingress", "AnalysisTemplate", "AnalysisRun", "Job"];

    /// <summary>Per colour (image tag): wanted replicas, available pods, pods that exist.</summary>
    public static Subject<Observation> ReplicaSets(this Stage stage) => stage.History.View(
        $"ReplicaSets of '{stage.Names.Namespace}'", ["ReplicaSet", "Pod"], state => new JsonObject(
            from set in state
            where set.Key.Kind == "ReplicaSet"
            let json = set.Value.Json
            group set by Colour(json) into colour
            select KeyValuePair.Create(colour.Key, (JsonNode?)new JsonObject
            {
                ["replicas"] = colour.Sum(set => Number(set.Value.Json, ".spec.replicas")),
                ["available"] = colour.Sum(set => Number(set.Value.Json, ".status.availableReplicas")),
                ["pods"] = state.Count(pod => pod.Key.Kind == "Pod" && colour.Any(set => set.Key.Name == Owner(pod.Value.Json))),
            })));

    /// <summary>The AnalysisRun that was created last; <c>.latest</c> is the latest measurement of its first metric.</summary>
    public static Subject<Observation> AnalysisRun(this Stage stage) => stage.History.View(
        $"AnalysisRun of '{stage.Names.Namespace}'", ["AnalysisRun"], state =>
        {
            if (Newest(state, "AnalysisRun") is not { } run)
            {
                return null;
            }

            var shown = (JsonObject)run.DeepClone();
            shown["latest"] = (FieldPath.Read(run, ".status.metricResults[0].measurements") as JsonArray)?.LastOrDefault()?.DeepClone();
            return shown;
        });

    /// <summary>The pod of the Job that was created last.</summary>
    public static Subject<Observation> JobPod(this Stage stage) => stage.History.View(
        $"Pod of the Job of '{stage.Names.Namespace}'", ["Job", "Pod"], state => Newest(state, "Job") is { } job
            ? state.Where(entry => entry.Key.Kind == "Pod" && Owner(entry.Value.Json) == $"{FieldPath.Read(job, ".metadata.name")}").Select(entry => entry.Value.Json).FirstOrDefault()
            : null);

    /// <summary>The Job that was created last.</summary>
    public static Subject<Observation> Job(this Stage stage) => stage.History.View(
        $"Job of '{stage.Names.Namespace}'", ["Job"], state => Newest(state, "Job"));

    /// <summary>How many objects of each kind there are, events left out.</summary>
    public static Subject<Observation> Contents(this Stage stage) => stage.History.View(
        $"Namespace '{stage.Names.Namespace}'", OfAnApplication, state => new JsonObject(
            OfAnApplication.Select(kind => KeyValuePair.Create(kind, (JsonNode?)state.Count(entry => entry.Key.Kind == kind)))));

    /// <summary>The names of all pods: a replaced pod has another name.</summary>
    public static Subject<Observation> Pods(this Stage stage) => stage.History.View(
        $"Pods of '{stage.Names.Namespace}'", ["Pod"], state => new JsonObject { ["pods"] = PodNames(state) });

    /// <summary>Which resources of the Application differ from Git.</summary>
    public static Subject<Observation> Resources(this Stage stage) => stage.History.View(
        $"Application '{stage.Names.Application}'", ["Application"], state =>
            state.Where(entry => entry.Key.Kind == "Application").Select(entry => entry.Value.Json).FirstOrDefault() is { } application
                ? new JsonObject { ["outOfSync"] = OutOfSync(application), ["status"] = application["status"]?.DeepClone() }
                : null);

    /// <summary>The names of all pods in one text.</summary>
    public static string PodNames(IReadOnlyDictionary<ObjectKey, Unstructured> state) =>
        string.Join(' ', state.Keys.Where(key => key.Kind == "Pod").Select(key => key.Name).Order(StringComparer.Ordinal));

    /// <summary>The tag of an object's first container's image.</summary>
    public static string Colour(JsonObject json) =>
        FieldPath.Read(json, ".spec.template.spec.containers[0].image")?.ToString().Split(':')[^1] ?? "";

    /// <summary>A number that Kubernetes leaves out when it is 0.</summary>
    public static int Number(JsonNode json, string path) => FieldPath.Read(json, path)?.GetValue<int>() ?? 0;

    private static JsonObject? Newest(IReadOnlyDictionary<ObjectKey, Unstructured> state, string kind) => state
        .Where(entry => entry.Key.Kind == kind)
        .OrderBy(entry => entry.Value.Metadata.CreationTimestamp)
        .ThenBy(entry => entry.Key.Name, StringComparer.Ordinal)
        .Select(entry => entry.Value.Json)
        .LastOrDefault();

    private static string? Owner(JsonObject json) => FieldPath.Read(json, ".metadata.ownerReferences[controller=true].name")?.ToString();

    private static string OutOfSync(JsonObject application) => string.Join(
        ' ',
        FieldPath.Read(application, ".status.resources") is JsonArray resources
            ? resources.Where(resource => resource?["status"]?.ToString() == "OutOfSync").Select(resource => $"{resource!["kind"]}/{resource["name"]}")
            : []);
}
