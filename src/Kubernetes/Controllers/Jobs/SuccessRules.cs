using k8s.Models;

namespace Kubernetes.Controllers.Jobs;

/// <summary>A Job's <c>successPolicy</c> (<c>pkg/controller/job/success_policy.go</c>): the first rule that holds ends the work.</summary>
internal static class SuccessRules
{
    /// <returns>The message of the condition, or null when no rule holds.</returns>
    public static string? Match(V1Job job, IReadOnlySet<int>? completed)
    {
        var rules = job.Spec.SuccessPolicy?.Rules ?? [];
        for (var index = 0; completed is not null && index < rules.Count; index++)
        {
            if (Holds(rules[index], completed))
            {
                return $"Matched rules at index {index}";
            }
        }

        return null;
    }

    private static bool Holds(V1SuccessPolicyRule rule, IReadOnlySet<int> completed)
    {
        if (rule.SucceededIndexes is not { } text)
        {
            return completed.Count >= rule.SucceededCount;
        }

        var named = CompletionIndexes.Parse(text);
        return named.Count(completed.Contains) >= (rule.SucceededCount ?? named.Count);
    }
}
