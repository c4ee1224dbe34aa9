namespace Kubernetes.Node.Probes;

/// <summary>One answer to a probe, with the words that an event shows when it failed.</summary>
internal sealed record ProbeOutcome(bool Success, string Message)
{
    public static ProbeOutcome Passed { get; } = new(true, "");

    public static ProbeOutcome Failed(string message) => new(false, message);
}
