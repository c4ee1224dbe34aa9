using System.Text.Json.Nodes;
using Conformance.Language;
using Fixtures.Waiting;

namespace Conformance.Upgrading;

/// <summary>States of the rollouts, and that they stay what they were.</summary>
internal static class FleetExpectations
{
    /// <summary>Every field of every rollout as it was.</summary>
    /// <param name="before">A reading of <see cref="FleetSubjects.Standing"/>.</param>
    /// <param name="without">Fields that may change, e.g. <c>cooling.pods</c>.</param>
    public static Expectation Untouched(JsonNode before, params string[] without) => Field.Expect(
        "as before the upgrade",
        [
            .. from rollout in before.AsObject()
               from field in rollout.Value!.AsObject()
               let path = $"{rollout.Key}.{field.Key}"
               where !without.Contains(path)
               select Field.Is($".{path}", field.Value!.ToString()),
        ]);

    /// <summary>As many pods as it is to wait with, those that are on their way out gone.</summary>
    public static Expectation AtRest(params (string Rollout, int Pods)[] sizes) => Field.Expect(
        "at rest", [.. sizes.Select(one => Field.Is($".{one.Rollout}.size", one.Pods))]);

    /// <summary>Healthy on a revision, all of it stable.</summary>
    public static Expectation HealthyOn(int revision) => Is.HealthyRollout.And(
        Field.Expect($"on revision {revision}", Field.Is(".finished", "true"), Field.Is(".metadata.annotations['rollout.argoproj.io/revision']", $"{revision}")));

    /// <summary>One AnalysisRun, in this phase.</summary>
    public static Expectation OneRun(string phase) => Field.Expect($"the only one and {phase}", Field.Is(".runs", 1), Field.Is(".phase", phase));

    /// <summary>A measurement more than before.</summary>
    public static Expectation MeasuredAfter(int count) => Field.Expect("measured again", new FieldExpectation(".count", $"more than {count}", found => found?.GetValue<int>() > count));

    /// <summary>A controller of this version leads.</summary>
    public static Expectation Leading(string version) => Field.Expect($"one of {version}", Field.Is(".version", version));

    /// <summary>A ReplicaSet that has been given a deadline.</summary>
    public static Expectation WithDeadline { get; } = Field.Expect("inside its scale-down delay", Field.IsNot(".deadline", ""), Field.IsNot(".replicas", "0"));

    /// <summary>A ReplicaSet without pods.</summary>
    public static Expectation WithoutPods { get; } = Field.Expect("scaled down", Field.Is(".replicas", 0));
}
