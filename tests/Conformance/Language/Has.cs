using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>What views of a namespace show.</summary>
public static class Has
{
    /// <summary>A ReplicaSet of this colour at its full size, every pod available.</summary>
    public static Expectation Full(string colour, int replicas) => Field.Expect(
        $"full-size in {colour}", Field.Is($".{colour}.replicas", replicas), Field.Is($".{colour}.available", replicas));

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
        Field.Is(".Ingress", 0));

    /// <summary>Exactly these pods.</summary>
    public static Expectation Pods(string names) => Field.Expect("unchanged", Field.Is(".pods", names));

    /// <summary>An Application whose only difference from Git is one resource, e.g. <c>Rollout/handson</c>.</summary>
    public static Expectation OnlyOutOfSync(string resource) => Field.Expect($"OutOfSync in {resource} alone", Field.Is(".outOfSync", resource));
}
