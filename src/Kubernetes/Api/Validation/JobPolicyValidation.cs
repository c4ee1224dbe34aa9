using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>A Job's policies about failures, successes and replacements (kubernetes pkg/apis/batch/validation).</summary>
internal static class JobPolicyValidation
{
    private const string NeedsIndexes = "requires indexed completion mode";

    public static void Check(JsonObject? spec, string at, FieldErrors errors)
    {
        var isIndexed = spec.Text("completionMode") == "Indexed";
        Indexes(spec, isIndexed, at, errors);
        if (spec.Object("podFailurePolicy") is { } failures)
        {
            Failures(spec, failures, at, errors);
        }
        if (spec.Object("successPolicy") is { } successes)
        {
            Successes(spec, successes, isIndexed, $"{at}.successPolicy", errors);
        }
        Replacement(spec, $"{at}.podReplacementPolicy", errors);
    }

    private static void Indexes(JsonObject? spec, bool isIndexed, string at, FieldErrors errors)
    {
        foreach (var field in (string[])["backoffLimitPerIndex", "maxFailedIndexes"])
        {
            JobValidation.NotNegative(spec, field, at, errors);
            if (!isIndexed && spec.Number(field) is { } value)
            {
                errors.Invalid($"{at}.{field}", value, NeedsIndexes);
            }
        }
        if (spec.Number("maxFailedIndexes") is not { } most)
        {
            return;
        }
        if (spec.Number("backoffLimitPerIndex") is null)
        {
            errors.Required($"{at}.backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        if (isIndexed && most > spec.Number("completions"))
        {
            errors.Invalid($"{at}.maxFailedIndexes", most, "must be less than or equal to completions");
        }
    }

    private static void Failures(JsonObject? spec, JsonObject policy, string at, FieldErrors errors)
    {
        if (spec.Text("template", "spec", "restartPolicy") is { } restarts && restarts != "Never")
        {
            errors.Invalid($"{at}.template.spec.restartPolicy", restarts, "only \"Never\" is supported when podFailurePolicy is specified");
        }
        var index = 0;
        foreach (var rule in policy.Items("rules"))
        {
            var action = rule.Text("action");
            var path = $"{at}.podFailurePolicy.rules[{index++}]";
            if (action is not ("Count" or "FailIndex" or "FailJob" or "Ignore"))
            {
                errors.NotSupported($"{path}.action", action, "Count", "FailIndex", "FailJob", "Ignore");
            }
            if (action == "FailIndex" && spec.Number("backoffLimitPerIndex") is null)
            {
                errors.Invalid($"{path}.action", action, "requires the backoffLimitPerIndex to be set");
            }
        }
    }

    private static void Successes(JsonObject? spec, JsonObject policy, bool isIndexed, string at, FieldErrors errors)
    {
        if (!isIndexed)
        {
            errors.Invalid(at, policy.DeepClone(), NeedsIndexes);
            return;
        }
        var rules = policy.Items("rules").ToList();
        if (rules.Count == 0)
        {
            errors.Required($"{at}.rules", "at least one rules must be specified when the successPolicy is specified");
        }
        for (var index = 0; index < rules.Count; index++)
        {
            var (count, completions) = (rules[index].Number("succeededCount"), spec.Number("completions"));
            if (count is null && rules[index].Text("succeededIndexes") is null)
            {
                errors.Required($"{at}.rules[{index}]", "at least one of succeededCount or succeededIndexes must be specified");
            }
            if (count > completions)
            {
                errors.Invalid($"{at}.rules[{index}].succeededCount", count, $"must be less than or equal to {completions} (the number of specified completions)");
            }
        }
    }

    private static void Replacement(JsonObject? spec, string at, FieldErrors errors)
    {
        string[] supported = spec.Object("podFailurePolicy") is null ? ["Failed", "TerminatingOrFailed"] : ["Failed"];
        if (spec.Text("podReplacementPolicy") is { } policy && !supported.Contains(policy))
        {
            errors.NotSupported(at, policy, supported);
        }
    }
}
