using k8s.Models;

namespace Kubernetes.Node.Probes;

/// <summary>Probes one container in one way, again and again, and tells when the verdict changes.</summary>
internal static class ProbeLoop
{
    private static readonly TimeSpan Eager = TimeSpan.FromSeconds(1);

    private static TimeSpan Earlier(TimeSpan period) => period < Eager ? period : Eager;

    /// <param name="probe">What to ask, how often, with which thresholds.</param>
    /// <param name="ask">Asks once.</param>
    /// <param name="failed">Told of every single failure.</param>
    /// <param name="verdict">Told of each verdict; returning true ends the loop.</param>
    /// <param name="eager">Asks once a second until the first success, so that a long period does not delay a starting container's readiness.</param>
    /// <param name="time">The cluster's clock.</param>
    /// <param name="cancel">Ends the loop.</param>
    public static async Task RunAsync(
        V1Probe probe,
        Func<Task<ProbeOutcome>> ask,
        Action<ProbeOutcome> failed,
        Func<bool, bool> verdict,
        bool eager,
        TimeProvider time,
        CancellationToken cancel)
    {
        var period = TimeSpan.FromSeconds(probe.PeriodSeconds ?? 10);
        var tally = ProbeTally.Empty;
        var passed = false;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(probe.InitialDelaySeconds ?? 0), time, cancel);
            while (true)
            {
                var outcome = await ask();
                cancel.ThrowIfCancellationRequested();
                if (!outcome.Success)
                {
                    failed(outcome);
                }

                tally = tally.With(outcome.Success);
                passed |= outcome.Success;
                if (tally.Verdict(probe) is { } reached && verdict(reached))
                {
                    return;
                }

                await Task.Delay(eager && !passed ? Earlier(period) : period, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the container ended
        }
    }
}
