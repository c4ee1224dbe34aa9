using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.Disruption;

/// <summary>How many pods a PodDisruptionBudget lets go (<c>pkg/controller/disruption</c>, <c>trySync</c>).</summary>
internal static class DisruptionStatusFrom
{
    public const string DisruptionAllowed = "DisruptionAllowed";

    // an eviction that has not shown after this time did not happen
    private static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Whether the budget needs to know how many pods their controllers want.</summary>
    public static bool CountsControllers(V1PodDisruptionBudget budget)
        => budget.Spec.MaxUnavailable is not null || budget.Spec.MinAvailable?.Value.EndsWith('%') == true;

    /// <param name="budget">The budget.</param>
    /// <param name="pods">The pods that it selects.</param>
    /// <param name="wanted">How many pods their controllers want; used where <see cref="CountsControllers"/>.</param>
    /// <param name="now">The moment of the observation.</param>
    public static V1PodDisruptionBudgetStatus Observed(V1PodDisruptionBudget budget, IReadOnlyList<V1Pod> pods, int wanted, DateTime now)
    {
        var expected = CountsControllers(budget) ? wanted : pods.Count;
        var desired = budget.Spec.MaxUnavailable is { } unavailable
            ? Math.Max(0, expected - Resolve(unavailable.Value, expected))
            : budget.Spec.MinAvailable is { } available ? Resolve(available.Value, expected) : 0;
        var disrupted = Disrupted(budget, pods, now);
        var healthy = pods.Count(pod => pod.IsReady() && !pod.IsTerminating() && !disrupted.ContainsKey(pod.Metadata.Name));
        var allowed = expected <= 0 ? 0 : Math.Max(0, healthy - desired);
        return new V1PodDisruptionBudgetStatus
        {
            ObservedGeneration = budget.Metadata.Generation,
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            DisruptionsAllowed = allowed,
            DisruptedPods = disrupted.Count == 0 ? null : disrupted,
            Conditions = [Condition(budget, allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods", "", now)],
        };
    }

    /// <summary>The status when the pods' controllers cannot be counted: nothing may go.</summary>
    public static V1PodDisruptionBudgetStatus Failed(V1PodDisruptionBudget budget, string message, DateTime now)
    {
        var status = budget.Status is null ? new V1PodDisruptionBudgetStatus() : Copy.Of(budget.Status);
        status.ObservedGeneration = budget.Metadata.Generation;
        status.DisruptionsAllowed = 0;
        status.Conditions = [Condition(budget, "False", "SyncFailed", message, now)];
        return status;
    }

    public static bool Differs(V1PodDisruptionBudgetStatus? before, V1PodDisruptionBudgetStatus after) => !Equals(Key(before), Key(after));

    /// <summary>When a pod that was evicted and is still there counts as healthy again.</summary>
    public static DateTime? NextExpiry(V1PodDisruptionBudgetStatus status)
        => status.DisruptedPods is { Count: > 0 } disrupted ? disrupted.Values.Min() + DeletionTimeout : null;

    private static Dictionary<string, DateTime?> Disrupted(V1PodDisruptionBudget budget, IReadOnlyList<V1Pod> pods, DateTime now)
        => (budget.Status?.DisruptedPods ?? new Dictionary<string, DateTime?>())
            .Where(entry => entry.Value + DeletionTimeout > now && pods.Any(pod => pod.Metadata.Name == entry.Key && !pod.IsTerminating()))
            .ToDictionary(entry => entry.Key, entry => entry.Value);

    private static V1Condition Condition(V1PodDisruptionBudget budget, string status, string reason, string message, DateTime now)
    {
        var known = budget.Status?.Conditions?.FirstOrDefault(condition => condition.Type == DisruptionAllowed);
        return new V1Condition
        {
            Type = DisruptionAllowed,
            Status = status,
            Reason = reason,
            Message = message,
            ObservedGeneration = budget.Metadata.Generation,
            LastTransitionTime = known?.Status == status ? known.LastTransitionTime : now,
        };
    }

    // rounded up, both ways (GetScaledValueFromIntOrPercent)
    private static int Resolve(string value, int expected)
        => value.EndsWith('%')
            ? (int)Math.Ceiling(double.Parse(value[..^1], CultureInfo.InvariantCulture) * expected / 100)
            : int.Parse(value, CultureInfo.InvariantCulture);

    private static object? Key(V1PodDisruptionBudgetStatus? status) => status is null ? null : (
        status.ObservedGeneration, status.CurrentHealthy, status.DesiredHealthy, status.ExpectedPods, status.DisruptionsAllowed,
        string.Join(',', (status.DisruptedPods ?? new Dictionary<string, DateTime?>()).Keys.Order(StringComparer.Ordinal)),
        string.Join(',', (status.Conditions ?? []).Select(condition => $"{condition.Status}/{condition.Reason}/{condition.Message}")));
}
