using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>What the analyses of a Rollout must satisfy: templates that exist, fit together, have their arguments and come to an end (validation_references.go).</summary>
internal static class AnalysisValidation
{
    /// <summary>Stand-ins: the hashes are not known before the ReplicaSets are.</summary>
    private static readonly V1ReplicaSet NewSet = WithHash("dummy-new-hash");
    private static readonly V1ReplicaSet StableSet = WithHash("dummy-stable-hash");

    public static IEnumerable<FieldError> Missing(Rollout rollout, AnalysisTemplates templates)
    {
        foreach (var (path, analysis, _) in Analyses(rollout))
        {
            if (Try<FieldError>(() =>
                {
                    templates.Resolve(rollout.Metadata.NamespaceProperty, analysis.Templates ?? []);
                    return null;
                }, error => error is AnalysisTemplateNotFoundException missing ? FieldError.Invalid(path, missing.TemplateName, missing.Message) : null) is { } found)
            {
                yield return found;
            }
        }
    }

    public static IEnumerable<FieldError> Contents(Rollout rollout, AnalysisTemplates templates)
    {
        foreach (var (path, analysis, background) in Analyses(rollout))
        {
            var resolved = templates.Resolve(rollout.Metadata.NamespaceProperty, analysis.Templates ?? []);
            var names = $"templateNames: [{string.Join(' ', resolved.Select(template => template.Name))}]";
            var error = Try<FieldError>(() =>
            {
                AnalysisRunSpecFromTemplates.Combine(resolved, Arguments(analysis, rollout), analysis);
                return null;
            }, exception => FieldError.Invalid(path, names, exception.Message));
            if (error is not null)
            {
                yield return error;
                continue;
            }

            foreach (var endless in background ? [] : resolved.SelectMany(template => Endless(path, template)))
            {
                yield return endless;
            }
        }
    }

    private static IEnumerable<FieldError> Endless(string path, ResolvedTemplate template)
        => from metric in template.Spec.Metrics ?? []
           where !string.IsNullOrEmpty(metric.Interval) && metric.Count?.Value is null or "0"
           select FieldError.Invalid(
               path,
               template.Name,
               $"AnalysisTemplate {template.Name} has metric {metric.Name} which runs indefinitely. Invalid value for count: {metric.Count?.Value ?? "<nil>"}");

    private static IEnumerable<(string Path, RolloutAnalysis Analysis, bool Background)> Analyses(Rollout rollout)
    {
        const string path = "spec.strategy";
        if (rollout.Spec.Strategy.BlueGreen is { } blueGreen)
        {
            if (blueGreen.PrePromotionAnalysis is { } pre)
            {
                yield return ($"{path}.blueGreen.prePromotionAnalysis.templates", pre, false);
            }

            if (blueGreen.PostPromotionAnalysis is { } post)
            {
                yield return ($"{path}.blueGreen.postPromotionAnalysis.templates", post, false);
            }
        }
        else if (rollout.Spec.Strategy.Canary is { } canary)
        {
            for (var i = 0; i < (canary.Steps?.Count ?? 0); i++)
            {
                if (canary.Steps![i].Analysis is { } analysis)
                {
                    yield return ($"{path}.canary.steps[{i}].analysis.templates", analysis, false);
                }
            }

            if (canary.Analysis is { } background)
            {
                yield return ($"{path}.canary.analysis.templates", background, true);
            }
        }
    }

    private static IReadOnlyList<Argument> Arguments(RolloutAnalysis analysis, Rollout rollout)
        => Try(() => RolloutArguments.Resolve(analysis.Args, rollout, NewSet, StableSet), _ => []) ?? [];

    private static T? Try<T>(Func<T?> action, Func<Exception, T?> failed)
        where T : class
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is InvalidAnalysisException or AnalysisTemplateNotFoundException)
        {
            return failed(exception);
        }
    }

    private static V1ReplicaSet WithHash(string hash)
        => new() { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { [RolloutsKeys.PodTemplateHash] = hash } } };
}
