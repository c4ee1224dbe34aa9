using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>What the analyses of a Rollout must satisfy: templates that exist, fit together, have their arguments and come to an end (validation_references.go).</summary>
internal static class AnalysisValidation
{
    private const string Strategy = "spec.strategy";

    public static IEnumerable<FieldError> Missing(Rollout rollout, AnalysisTemplates templates)
        => Analyses(rollout).Select(named => Missing(rollout, templates, named)).OfType<FieldError>();

    public static IEnumerable<FieldError> Contents(Rollout rollout, AnalysisTemplates templates)
    {
        foreach (var named in Analyses(rollout))
        {
            var references = templates.Resolve(rollout.Metadata.NamespaceProperty, named.Analysis.Templates ?? []);
            if (Incompatible(rollout, references, named) is { } error)
            {
                yield return error;
                continue;
            }

            // background analysis is ended by the rollout; the others must end by themselves
            var specs = references.Templates.Select(template => (template.Metadata.Name, template.Spec))
                .Concat(references.ClusterTemplates.Select(template => (template.Metadata.Name, template.Spec)));
            foreach (var unfit in named.Background ? [] : specs.SelectMany(template => Unfit(named.Path, template.Name, template.Spec)))
            {
                yield return unfit;
            }
        }
    }

    private static FieldError? Missing(Rollout rollout, AnalysisTemplates templates, NamedAnalysis named)
    {
        var references = named.Analysis.Templates ?? [];
        try
        {
            templates.Resolve(rollout.Metadata.NamespaceProperty, references);
            return null;
        }
        catch (AnalysisTemplateNotFoundException missing)
        {
            var direct = references.Exists(reference => reference.TemplateName == missing.TemplateName);
            return FieldError.Invalid(direct ? named.Path : "spec.templates", missing.TemplateName, missing.Message);
        }
    }

    // the hashes are not known before the ReplicaSets are
    private static FieldError? Incompatible(Rollout rollout, TemplateReferences references, NamedAnalysis named)
    {
        var names = references.Templates.Select(template => template.Metadata.Name).Concat(references.ClusterTemplates.Select(template => template.Metadata.Name));
        try
        {
            AnalysisRunFactory.Create(references, Arguments(rollout, named), named.Analysis, new V1ObjectMeta());
            return null;
        }
        catch (AnalysisException exception)
        {
            return FieldError.Invalid(named.Path, $"templateNames: [{string.Join(' ', names)}]", exception.Message);
        }
    }

    // as upstream, one argument that cannot be read takes the others along: the template's are then not resolved
    private static List<Argument> Arguments(Rollout rollout, NamedAnalysis named)
    {
        try
        {
            return RolloutArguments.Build(named.Analysis.Args ?? [], "dummy-stable-hash", "dummy-new-hash", rollout, strict: false);
        }
        catch (AnalysisException)
        {
            return [];
        }
    }

    private static IEnumerable<FieldError> Unfit(string path, string name, AnalysisTemplateSpec spec)
    {
        List<Metric> metrics;
        FieldError? error = null;
        try
        {
            var arguments = (spec.Args ?? []).Select(argument => new Argument { Name = argument.Name, Value = argument.Value ?? "dummy-value" });
            metrics = MetricResolution.WithoutSecrets(spec.Metrics ?? [], arguments);
        }
        catch (AnalysisException exception)
        {
            metrics = [];
            error = FieldError.Invalid(path, name, $"AnalysisTemplate {name}: {exception.Message}");
        }

        if (error is not null)
        {
            yield return error;
        }

        foreach (var metric in metrics.Where(metric => metric.EffectiveCount() is null))
        {
            var message = $"AnalysisTemplate {name} has metric {metric.Name} which runs indefinitely. Invalid value for count: {metric.Count?.Value ?? "<nil>"}";
            yield return FieldError.Invalid(path, name, message);
        }
    }

    private static IEnumerable<NamedAnalysis> Analyses(Rollout rollout)
    {
        if (rollout.Spec.Strategy.BlueGreen is { } blueGreen)
        {
            if (blueGreen.PrePromotionAnalysis is { } pre)
            {
                yield return new NamedAnalysis($"{Strategy}.blueGreen.prePromotionAnalysis.templates", pre, Background: false);
            }

            if (blueGreen.PostPromotionAnalysis is { } post)
            {
                yield return new NamedAnalysis($"{Strategy}.blueGreen.postPromotionAnalysis.templates", post, Background: false);
            }
        }
        else if (rollout.Spec.Strategy.Canary is { } canary)
        {
            for (var i = 0; i < (canary.Steps?.Count ?? 0); i++)
            {
                if (canary.Steps![i].Analysis is { } analysis)
                {
                    yield return new NamedAnalysis($"{Strategy}.canary.steps[{i}].analysis.templates", analysis, Background: false);
                }
            }

            if (canary.Analysis is { } background)
            {
                yield return new NamedAnalysis($"{Strategy}.canary.analysis.templates", background, Background: true);
            }
        }
    }

    private sealed record NamedAnalysis(string Path, RolloutAnalysis Analysis, bool Background);
}
