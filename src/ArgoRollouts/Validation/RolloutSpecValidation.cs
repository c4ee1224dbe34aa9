using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>
/// What a Rollout's spec must satisfy by itself, in upstream's order: only the first finding is shown
/// (pkg/apis/rollouts/validation/validation.go).
/// </summary>
internal static class RolloutSpecValidation
{
    public static IEnumerable<FieldError> Validate(Rollout rollout)
    {
        var spec = rollout.Spec;
        return NonNegative(Defaults.Replicas(rollout), "spec.replicas")
            .Concat(Selector(spec))
            .Concat(PodTemplateValidation.Validate(spec.Template, spec.Selector))
            .Concat(NonNegative(spec.MinReadySeconds, "spec.minReadySeconds"))
            .Concat(NonNegative(Defaults.RevisionHistoryLimit(rollout), "spec.revisionHistoryLimit"))
            .Concat(ProgressDeadline(rollout))
            .Concat(Strategy(rollout));
    }

    private static IEnumerable<FieldError> Selector(RolloutSpec spec)
    {
        if (spec.Selector is null)
        {
            yield return FieldError.Required("spec.selector", Missing(".spec.selector"));
            yield break;
        }

        for (var i = 0; i < (spec.Selector.MatchExpressions?.Count ?? 0); i++)
        {
            var requirement = spec.Selector.MatchExpressions![i];
            var path = $"spec.selector.matchExpressions[{i}]";
            var values = requirement.Values?.Count ?? 0;
            switch (requirement.OperatorProperty)
            {
                case "In" or "NotIn" when values == 0:
                    yield return FieldError.Required($"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                    break;
                case "Exists" or "DoesNotExist" when values > 0:
                    yield return FieldError.Forbidden($"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    break;
                case not ("In" or "NotIn" or "Exists" or "DoesNotExist"):
                    yield return FieldError.Invalid($"{path}.operator", requirement.OperatorProperty, "not a valid selector operator");
                    break;
            }
        }

        if (LabelSelectors.IsEmpty(spec.Selector))
        {
            yield return FieldError.Invalid("spec.selector", spec.Selector, "empty selector is invalid for deployment");
        }
    }

    private static IEnumerable<FieldError> ProgressDeadline(Rollout rollout)
    {
        const string path = "spec.progressDeadlineSeconds";
        var seconds = Defaults.ProgressDeadlineSeconds(rollout);
        var errors = NonNegative(seconds, path);
        return seconds <= rollout.Spec.MinReadySeconds ? errors.Append(FieldError.Invalid(path, seconds, "must be greater than minReadySeconds")) : errors;
    }

    private static IEnumerable<FieldError> Strategy(Rollout rollout) => rollout.Spec.Strategy switch
    {
        { BlueGreen: null, Canary: null } => [FieldError.Required("spec.strategy.strategy", Missing(".spec.strategy.canary or .spec.strategy.blueGreen"))],
        { BlueGreen: not null, Canary: not null } =>
            [FieldError.Invalid("spec.strategy.strategy", "blueGreen: true canary: true", "Multiple Strategies can not be listed")],
        { BlueGreen: { } blueGreen } => BlueGreen(rollout, blueGreen),
        _ => CanaryValidation.Validate(rollout),
    };

    private static IEnumerable<FieldError> BlueGreen(Rollout rollout, BlueGreenStrategy blueGreen)
    {
        if (blueGreen.ActiveService == (blueGreen.PreviewService ?? ""))
        {
            yield return FieldError.Invalid(
                "spec.strategy.activeService",
                blueGreen.ActiveService,
                "This rollout uses the same service for the active and preview services, but two different services are required.");
        }

        if (blueGreen.ScaleDownDelayRevisionLimit is { } limit && Defaults.RevisionHistoryLimit(rollout) < limit)
        {
            yield return FieldError.Invalid(
                "spec.strategy.scaleDownDelayRevisionLimit", limit, "This rollout's revision history limit can not be smaller than the rollout's scale down limit");
        }

        foreach (var error in AntiAffinity(blueGreen.AntiAffinity))
        {
            yield return error;
        }
    }

    internal static IEnumerable<FieldError> AntiAffinity(AntiAffinity? antiAffinity)
    {
        if (antiAffinity is null)
        {
            yield break;
        }

        const string path = "spec.strategy.antiAffinity";
        var preferred = antiAffinity.PreferredDuringSchedulingIgnoredDuringExecution;
        var required = antiAffinity.RequiredDuringSchedulingIgnoredDuringExecution;
        if (preferred is null == required is null)
        {
            var value = $"antiAffinity.PreferredDuringSchedulingIgnoredDuringExecution: {Word(preferred)} "
                        + $"antiAffinity.RequiredDuringSchedulingIgnoredDuringExecution: {Word(required)}";
            yield return FieldError.Invalid(path, value, "AntiAffinity must have exactly one strategy listed");
        }

        if (preferred is { Weight: < 1 or > 100 })
        {
            yield return FieldError.Invalid($"{path}.weight", preferred.Weight, "AntiAffinity weight must be between 1-100");
        }
    }

    internal static string Missing(string field) => $"Rollout has missing field '{field}'";

    private static string Word(object? value) => value is null ? "false" : "true";

    private static IEnumerable<FieldError> NonNegative(int value, string path)
        => value < 0 ? [FieldError.Invalid(path, value, "must be greater than or equal to 0")] : [];
}
