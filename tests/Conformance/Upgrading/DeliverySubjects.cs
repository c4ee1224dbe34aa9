using System.Text.Json.Nodes;
using Conformance.Language;
using Controllers.Runtime.Client;
using Fixtures.Clusters.Upgrading;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Waiting;

namespace Conformance.Upgrading;

/// <summary>What is looked at while Argo CD is replaced.</summary>
internal static class DeliverySubjects
{
    /// <summary>Argo CD's version as its pods have it, e.g. <c>v3.4.4 v3.5.1</c> while it is being replaced.</summary>
    public static Subject<Observation> Versions(this Stage stage, Upgrade upgrade) => stage.History.View($"{upgrade.Product}'s pods", ["Pod"], state => new JsonObject
    {
        ["versions"] = string.Join(
            ' ',
            (from pod in state
             where pod.Key.Kind == "Pod" && pod.Key.Namespace == upgrade.Namespace
             let image = FieldPath.Read(pod.Value.Json, ".spec.containers[0].image")?.ToString().Split('@')[0] ?? ""
             where image.StartsWith(upgrade.Image + ":", StringComparison.Ordinal)
             select image.Split(':')[^1]).Distinct().Order(StringComparer.Ordinal)),
    });

    /// <summary>The latest operation on the Application: when it began, and what it deployed.</summary>
    public static Subject<Observation> Operation(this Stage stage) => stage.History.View($"Operation of application '{stage.Names.Application}'", ["Application"], state =>
        state.Where(entry => entry.Key.Kind == "Application").Select(entry => (JsonNode)new JsonObject
        {
            ["startedAt"] = FieldPath.Read(entry.Value.Json, ".status.operationState.startedAt")?.ToString(),
            ["revision"] = FieldPath.Read(entry.Value.Json, ".status.operationState.syncResult.revision")?.ToString(),
        }).FirstOrDefault());

    /// <summary>All of a version.</summary>
    public static Expectation AllOf(string version) => Field.Expect($"all of {version}", Field.Is(".versions", version));

    /// <summary>The operation that it was, and no other.</summary>
    public static Expectation NoOther(JsonNode operation) => Field.Expect(
        "the one before the upgrade", Field.Is(".startedAt", $"{operation["startedAt"]}"), Field.Is(".revision", $"{operation["revision"]}"));

    /// <summary>Begins to watch the part's pods.</summary>
    public static Task WatchesThePods(this Reader reader, Upgrade upgrade) =>
        reader.Stage.History.WatchAsync(Resources.Pods.As<Unstructured>(), upgrade.Namespace, null, reader.Stop);
}
