using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What views of a namespace show.</summary>
public static class Has
{
    /// <summary>A ReplicaSet of this colour at its full size, every pod available.</summary>
    public static Expectation Full(string colour, int replicas) => Field.Expect(
        $"full-size in {colour}", Field.Is($".{colour}.replicas", replicas), Field.Is($".{colour}.available", replicas));

    /// <summary>At least one pod of this colour wanted.</summary>
    public static Expectation Some(string colour) => Field.Expect($"begun in {colour}", Field.IsNot($".{colour}.replicas", "0"));

    /// <summary>A query of Prometheus with at least one sample above zero.</summary>
    public static Expectation Samples { get; } = Field.Expect("a count", Field.Is(".status", "success"), Field.IsNot(".value", "0"));

    /// <summary>A query of Prometheus whose first sample is this.</summary>
    public static Expectation Sample(string value) => Field.Expect($"{value}", Field.Is(".status", "success"), Field.Is(".value", value));

    /// <summary>Argo CD's page with one extension's tab, from this file.</summary>
    public static Expectation Tab(string tab, string file) => Field.Expect($"the tab {tab}", Field.Is(".tabs", tab), Field.Is(".files", file));

    /// <summary>Argo CD's page served, without an extension.</summary>
    public static Expectation NoTab { get; } = Field.Expect("no tab", Field.Is(".status", "served"), Field.IsAbsent(".tabs"), Field.IsAbsent(".files"));

    /// <summary>No pods of this colour, nor a wish for any.</summary>
    public static Expectation ScaledDown(string colour) => Field.Expect(
        $"scaled down in {colour}", Field.Is($".{colour}.replicas", 0), Field.Is($".{colour}.pods", 0));

    /// <summary>Nothing of an application.</summary>
    public static Expectation Nothing { get; } = Field.Expect(
        "empty",
        Field.Is(".Rollout", 0),
        Field.Is(".ReplicaSet", 0),
        Field.Is(".Pod", 0),
        Field.Is(".Service", 0),
        Field.Is(".EndpointSlice", 0),
        Field.Is(".Ingress", 0),
        Field.Is(".AnalysisTemplate", 0),
        Field.Is(".AnalysisRun", 0),
        Field.Is(".Job", 0));

    /// <summary>No Rollout, ReplicaSet or pod, whatever else there may be.</summary>
    public static Expectation NoWorkload { get; } = Field.Expect("without a Rollout", Field.Is(".Rollout", 0), Field.Is(".ReplicaSet", 0), Field.Is(".Pod", 0));

    /// <summary>One service of an application and nothing else.</summary>
    public static Expectation OnlyAService { get; } = Nothing with
    {
        Phrase = "nothing but a service",
        Fields = [.. Nothing.Fields.Where(field => field.Path is not (".Service" or ".EndpointSlice")), Field.Is(".Service", 1)],
    };

    /// <summary>The stable ReplicaSet and the canary's at these sizes, every pod available and no pod more.</summary>
    public static Expectation Sizes(string stable, int stableReplicas, string canary, int canaryReplicas) => Full(stable, stableReplicas)
        .And(Full(canary, canaryReplicas))
        .And(Field.Expect("", Field.Is($".{stable}.pods", stableReplicas), Field.Is($".{canary}.pods", canaryReplicas)))
        with
    { Phrase = $"{stableReplicas} {stable} and {canaryReplicas} {canary}" };

    /// <summary>An AnalysisRun whose latest measurement has this value.</summary>
    public static Expectation Measured(string value) => Field.Expect($"measured as {value}", Field.Is(".latest.value", value));

    /// <summary>An AnalysisRun whose latest measurement has a value with this in it.</summary>
    public static Expectation MeasuredText(string text) => Field.Expect($"measured with {text}", Field.Contains(".latest.value", text));

    /// <summary>An AnalysisRun whose latest measurement says this.</summary>
    public static Expectation MeasurementMessage(string message) => Field.Expect("with its reason", Field.Is(".latest.message", message));

    /// <summary>An AnalysisRun whose latest measurement says that a host does not resolve; the resolver's address may stand in between, as Go says it.</summary>
    public static Expectation UnresolvedHost(string url, string host) => Field.Expect(
        $"unable to resolve {host}",
        Field.Contains(".latest.message", $"Get \"{url}\": dial tcp: lookup {host}"),
        Field.Contains(".latest.message", ": no such host"));

    /// <summary>Exactly these pods.</summary>
    public static Expectation Pods(string names) => Field.Expect("unchanged", Field.Is(".pods", names));

    /// <summary>An Application whose only difference from Git is one resource, e.g. <c>Rollout/handson</c>.</summary>
    public static Expectation OnlyOutOfSync(string resource) => Field.Expect($"OutOfSync in {resource} alone", Field.Is(".outOfSync", resource));
}
