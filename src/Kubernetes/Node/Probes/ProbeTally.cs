using k8s.Models;

namespace Kubernetes.Node.Probes;

/// <summary>Counts answers in a row against a probe's thresholds (<c>prober/worker.go</c>).</summary>
/// <param name="Streak">How many equal answers came in a row.</param>
/// <param name="LastSuccess">The last answer; null before the first.</param>
internal sealed record ProbeTally(int Streak, bool? LastSuccess)
{
    public static ProbeTally Empty { get; } = new(0, null);

    public ProbeTally With(bool success) => new(LastSuccess == success ? Streak + 1 : 1, success);

    /// <summary>What the answers so far amount to; null while below the threshold.</summary>
    public bool? Verdict(V1Probe probe) => LastSuccess switch
    {
        true when Streak >= (probe.SuccessThreshold ?? 1) => true,
        false when Streak >= (probe.FailureThreshold ?? 3) => false,
        _ => null,
    };
}
