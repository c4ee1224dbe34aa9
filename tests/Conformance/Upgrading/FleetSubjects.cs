using System.Globalization;
using System.Text.Json.Nodes;
using Conformance.Language;
using Controllers.Runtime.Client;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;

namespace Conformance.Upgrading;

/// <summary>What is looked at of rollouts that live side by side in one namespace.</summary>
internal static class FleetSubjects
{
    private const string Revision = ".metadata.annotations['rollout.argoproj.io/revision']";
    private const string Hash = "rollouts-pod-template-hash";

    /// <summary>One of the rollouts; <c>.finished</c> when the controller has seen its latest spec and all of it is stable.</summary>
    public static Subject<Observation> Rollout(this Stage stage, string name) => stage.History.View($"Rollout '{stage.Names.Namespace}/{name}'", ["Rollout"], state =>
    {
        if (!state.TryGetValue(new("Rollout", stage.Names.Namespace, name), out var rollout))
        {
            return null;
        }

        var shown = (JsonObject)rollout.Json.DeepClone();
        shown["finished"] = Text(rollout, ".status.observedGeneration") == Text(rollout, ".metadata.generation")
            && Text(rollout, ".status.stableRS") == Text(rollout, ".status.currentPodHash");
        return shown;
    });

    /// <summary>
    /// Rollout by rollout, what an upgrade of the controller must leave as it is: phase, step, hashes, revision, ReplicaSets and pods by their
    /// uids, and the services' selectors.
    /// </summary>
    public static Subject<Observation> Standing(this Stage stage) => stage.History.View(
        $"Rollouts of '{stage.Names.Namespace}'",
        ["Rollout", "ReplicaSet", "Pod", "Service"],
        state => new JsonObject(
            from rollout in state
            where rollout.Key.Kind == "Rollout"
            let sets = Sets(state, rollout.Key.Name)
            let pods = state.Where(pod => pod.Key.Kind == "Pod" && sets.Any(set => set.Key.Name == Owner(pod.Value))).ToList()
            select KeyValuePair.Create(rollout.Key.Name, (JsonNode?)new JsonObject
            {
                ["phase"] = Text(rollout.Value, ".status.phase"),
                ["step"] = Text(rollout.Value, ".status.currentStepIndex"),
                ["currentPodHash"] = Text(rollout.Value, ".status.currentPodHash"),
                ["stableRS"] = Text(rollout.Value, ".status.stableRS"),
                ["revision"] = Text(rollout.Value, Revision),
                ["replicaSets"] = Uids(sets),
                ["pods"] = Uids(pods),
                ["size"] = $"{pods.Count}",
                ["selectors"] = string.Join(
                    ' ',
                    from service in state
                    where service.Key.Kind == "Service" && Text(service.Value, ".spec.selector.app") == rollout.Key.Name
                    select $"{service.Key.Name}={Text(service.Value, $".spec.selector.{Hash}")}"),
            })));

    /// <summary>The ReplicaSet of a rollout that runs a tag; with <c>.deadline</c> and <c>.replicas</c>.</summary>
    public static Subject<Observation> ReplicaSet(this Stage stage, string rollout, string tag) => stage.History.View(
        $"ReplicaSet {tag} of rollout '{rollout}'", ["ReplicaSet"], state => Sets(state, rollout).Where(set => Views.Colour(set.Value.Json) == tag).Select(Shown).FirstOrDefault());

    /// <summary>The AnalysisRun of a rollout; <c>.runs</c> is how many there are, <c>.measurements</c> how often it has measured.</summary>
    public static Subject<Observation> AnalysisRunOf(this Stage stage, string rollout) => stage.History.View(
        $"AnalysisRun of rollout '{rollout}'", ["AnalysisRun"], state =>
        {
            var runs = state.Where(run => run.Key.Kind == "AnalysisRun" && Owner(run.Value) == rollout).Select(run => run.Value).ToList();
            return runs.Count == 0 ? null : new JsonObject
            {
                ["runs"] = runs.Count,
                ["phase"] = Text(runs[0], ".status.phase"),
                ["measurements"] = (FieldPath.Read(runs[0].Json, ".status.metricResults[0].measurements") as JsonArray)?.Count ?? 0,
                ["count"] = Number(runs[0], ".status.metricResults[0].count") + Number(runs[0], ".status.metricResults[0].successful"),
            };
        });

    /// <summary>Who leads: the pod that holds the Lease, with the tag of its image.</summary>
    public static Subject<Observation> Leader(this Stage stage, string @namespace) => stage.History.View("The leading controller", ["Lease", "Pod"], state =>
    {
        var holder = state.Where(entry => entry.Key.Kind == "Lease" && entry.Key.Namespace == @namespace).Select(entry => Text(entry.Value, ".spec.holderIdentity")).FirstOrDefault() ?? "";
        var pod = state.FirstOrDefault(entry => entry.Key.Kind == "Pod" && entry.Key.Namespace == @namespace && (holder + "_").StartsWith(entry.Key.Name + "_", StringComparison.Ordinal)); // the pod's name, upstream adds _ and a UUID
        return new JsonObject { ["holder"] = holder, ["version"] = pod.Value is null ? null : FieldPath.Read(pod.Value.Json, ".spec.containers[0].image")?.ToString().Split('@')[0].Split(':')[^1] };
    });

    /// <summary>How many ReplicaSets a rollout has.</summary>
    public static int SetsOf(this Stage stage, string rollout) => Sets(stage.History.State, rollout).Count;

    /// <summary>The deadline of a ReplicaSet that waits for its scale-down, or null. Releases differ in the annotation's prefix.</summary>
    public static DateTimeOffset? Deadline(JsonNode set) => DateTimeOffset.TryParse(
        FieldPath.Read(set, ".deadline")?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var deadline) ? deadline : null;

    private static JsonObject Shown(KeyValuePair<ObjectKey, Unstructured> set) => new()
    {
        ["name"] = set.Key.Name,
        ["uid"] = set.Value.Metadata.Uid,
        ["replicas"] = Views.Number(set.Value.Json, ".spec.replicas"),
        ["deadline"] = (FieldPath.Read(set.Value.Json, ".metadata.annotations") as JsonObject)
            ?.FirstOrDefault(annotation => annotation.Key.EndsWith("scale-down-deadline", StringComparison.Ordinal)).Value?.ToString(),
    };

    private static List<KeyValuePair<ObjectKey, Unstructured>> Sets(IReadOnlyDictionary<ObjectKey, Unstructured> state, string rollout) =>
        [.. state.Where(set => set.Key.Kind == "ReplicaSet" && Owner(set.Value) == rollout)];

    private static string Uids(IEnumerable<KeyValuePair<ObjectKey, Unstructured>> objects) =>
        string.Join(' ', objects.Select(one => $"{one.Key.Name}({one.Value.Metadata.Uid})").Order(StringComparer.Ordinal));

    private static string Text(Unstructured @object, string path) => FieldPath.Read(@object.Json, path)?.ToString() ?? "";

    private static int Number(Unstructured @object, string path) => Views.Number(@object.Json, path);

    private static string? Owner(Unstructured @object) => FieldPath.Read(@object.Json, ".metadata.ownerReferences[controller=true].name")?.ToString();
}
