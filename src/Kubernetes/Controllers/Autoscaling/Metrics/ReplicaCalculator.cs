using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Autoscaling.Metrics;

/// <summary>How many replicas a metric asks for (<c>replica_calculator.go</c>).</summary>
internal static class ReplicaCalculator
{
    /// <summary>The share by which usage may differ from the target without anything happening.</summary>
    public const double Tolerance = 0.1;

    /// <param name="current">The size now.</param>
    /// <param name="samples">The target's pods with their usage and weight.</param>
    /// <param name="target">Wanted usage for one unit of weight.</param>
    /// <param name="fallback">Usage for one unit of weight that a pod without metrics is taken to have when shrinking.</param>
    /// <param name="waitForReady">Whether unready pods are left out (their CPU usage says nothing yet).</param>
    /// <param name="tolerance">Shares below and above the target that are close enough.</param>
    /// <exception cref="MetricException">No pod has the metric.</exception>
    public static int Replicas(
        int current, IReadOnlyList<PodSample> samples, double target, double fallback, bool waitForReady, (double Down, double Up) tolerance)
    {
        var counted = samples.Where(sample => !sample.Pod.IsTerminating() && sample.Pod.Status?.Phase != "Failed").ToList();
        var unready = counted.Where(sample => sample.Pod.Status?.Phase == "Pending" || (waitForReady && !sample.Pod.IsReady())).ToList();
        var others = counted.Except(unready).ToList();
        var missing = others.Where(sample => sample.Milli is null).ToList();
        var measured = others.Except(missing).ToList();
        if (measured.Count == 0)
        {
            throw new MetricException("did not receive metrics for targeted pods (pods might be unready)");
        }

        var ratio = Ratio(measured.Sum(sample => sample.Milli!.Value), measured, target);
        var growsPastUnready = unready.Count > 0 && ratio > 1;
        if (missing.Count == 0 && !growsPastUnready)
        {
            return IsClose(ratio, tolerance) ? current : (int)Math.Ceiling(Round(ratio * measured.Count));
        }

        // pods without numbers are assumed to speak against the change
        List<PodSample> all = [.. measured, .. missing];
        var usage = (double)measured.Sum(sample => sample.Milli!.Value) + (ratio < 1 ? missing.Sum(sample => sample.Weight * fallback) : 0);
        if (growsPastUnready)
        {
            all.AddRange(unready);
        }

        var careful = Ratio(usage, all, target);
        if (IsClose(careful, tolerance) || (ratio < 1 && careful > 1) || (ratio > 1 && careful < 1))
        {
            return current;
        }

        var replicas = (int)Math.Ceiling(Round(careful * all.Count));
        return (careful < 1 && replicas > current) || (careful > 1 && replicas < current) ? current : replicas;
    }

    /// <summary>For a metric that is one number: of an object, or from outside.</summary>
    public static int Replicas(int current, double usage, double target, bool average, int readyPods, (double Down, double Up) tolerance)
    {
        var ratio = average ? usage / (target * Math.Max(1, current)) : usage / target;
        return IsClose(ratio, tolerance) ? current : (int)Math.Ceiling(Round(average ? usage / target : ratio * readyPods));
    }

    private static bool IsClose(double ratio, (double Down, double Up) tolerance) => ratio >= 1 - tolerance.Down && ratio <= 1 + tolerance.Up;

    private static double Ratio(double usage, List<PodSample> samples, double target) => usage / (samples.Sum(sample => (double)sample.Weight) * target);

    // 1.2 * 5 is 6, whatever binary fractions say
    private static double Round(double value) => Math.Round(value, 9);
}
