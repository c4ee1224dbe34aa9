using System.Globalization;
using System.Text.Json.Nodes;
using ArgoRollouts.Analysis.Arguments;
using ArgoRollouts.Analysis.Templates;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>Creates and stops the AnalysisRuns of a Rollout (rollout/analysis.go; CreateWithCollisionCounter in utils/analysis).</summary>
internal sealed class AnalysisRunCreation(ApiClient client, AnalysisTemplates templates)
{
    /// <param name="context">Whose run it is.</param>
    /// <param name="analysis">Templates and arguments.</param>
    /// <param name="infix">Last part of the name: pre, post, the step's index; empty for background analysis.</param>
    /// <param name="type">Value of the rollout-type label.</param>
    /// <param name="step">The step's index, for the step-index label.</param>
    /// <param name="cancel">Ends the requests.</param>
    public async Task<AnalysisRun> CreateAsync(
        RolloutContext context, RolloutAnalysis analysis, string infix, string type, int? step, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        var resolved = templates.Resolve(rollout.Metadata.NamespaceProperty, analysis.Templates ?? []);
        var arguments = RolloutArguments.Build(analysis.Args ?? [], context.StableRS.PodHash(), context.NewRS.PodHash(), rollout);
        var revision = rollout.Metadata.Annotation(RolloutsKeys.Revision) ?? "";
        var name = $"{rollout.Metadata.Name}-{context.NewRS.PodHash()}-{revision}{(infix.Length > 0 ? $"-{infix}" : "")}";
        var metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = rollout.Metadata.NamespaceProperty,
            Labels = Labels(context, analysis, type, step),
            Annotations = Annotations(analysis, revision),
            OwnerReferences = [ReplicaSetClaims.OwnerReference(rollout)],
        };
        var run = AnalysisRunFactory.Create(resolved, arguments, analysis, metadata);
        run.Status.Phase = ""; // required by the schema, and what upstream writes until the run was looked at
        return await CreateWithCollisionCounterAsync(run, name, cancel);
    }

    /// <summary>Asks runs that have not ended to stop (spec.terminate).</summary>
    public async Task CancelAsync(IEnumerable<AnalysisRun?> runs, CancellationToken cancel)
    {
        foreach (var run in runs.OfType<AnalysisRun>().Where(run => !run.Spec.Terminate && !AnalysisPhase.Completed(run.Status.Phase)))
        {
            try
            {
                var patch = Patch.Merge(new JsonObject { ["spec"] = new JsonObject { ["terminate"] = true } });
                await client.PatchAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, patch, cancel: cancel);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // nothing left to stop
            }
        }
    }

    public async Task DeleteAsync(IEnumerable<AnalysisRun> runs, CancellationToken cancel)
    {
        foreach (var run in runs.Where(run => !run.Metadata.IsTerminating()))
        {
            await client.DeleteAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, cancel: cancel);
        }
    }

    // A name that is taken by the same run, not yet ended, means that the cache was behind; otherwise the next number is tried.
    private async Task<AnalysisRun> CreateWithCollisionCounterAsync(AnalysisRun run, string name, CancellationToken cancel)
    {
        for (var collision = 1; ; collision++)
        {
            try
            {
                return await client.CreateAsync(RolloutsResources.AnalysisRuns, run, cancel);
            }
            catch (ApiException exception) when (exception.IsAlreadyExists)
            {
                var existing = await client.GetAsync(RolloutsResources.AnalysisRuns, run.Metadata.NamespaceProperty, run.Metadata.Name, cancel);
                if (!AnalysisPhase.Completed(existing.Status.Phase)
                    && existing.Metadata.ControllerUid() == run.Metadata.ControllerUid()
                    && SameSpec(existing.Spec, run.Spec))
                {
                    return existing;
                }

                run.Metadata.Name = string.Create(CultureInfo.InvariantCulture, $"{name}.{collision}");
            }
        }
    }

    private static bool SameSpec(AnalysisRunSpec left, AnalysisRunSpec right) => Text(left) == Text(right);

    private static string Text(AnalysisRunSpec spec) => KubernetesJson.Serialize(
        new AnalysisRunSpec { Metrics = spec.Metrics, DryRun = spec.DryRun, MeasurementRetention = spec.MeasurementRetention, Args = spec.Args });

    private static Dictionary<string, string> Annotations(RolloutAnalysis analysis, string revision)
    {
        var annotations = new Dictionary<string, string> { [RolloutsKeys.Revision] = revision };
        foreach (var (key, value) in analysis.AnalysisRunMetadata?.Annotations ?? new Dictionary<string, string>())
        {
            annotations[key] = value;
        }

        return annotations;
    }

    private static Dictionary<string, string> Labels(RolloutContext context, RolloutAnalysis analysis, string type, int? step)
    {
        var labels = new Dictionary<string, string>
        {
            [RolloutsKeys.PodTemplateHash] = context.NewRS.PodHash(),
            [AnalysisRunLabels.RolloutType] = type,
        };
        if (step is { } index)
        {
            labels[AnalysisRunLabels.StepIndex] = index.ToString(CultureInfo.InvariantCulture);
        }

        if (context.Rollout.Metadata.Label(RolloutsKeys.ControllerInstanceId) is { } instance)
        {
            labels[RolloutsKeys.ControllerInstanceId] = instance;
        }

        foreach (var (key, value) in (analysis.AnalysisRunMetadata?.Labels ?? new Dictionary<string, string>())
            .Concat(context.Rollout.Spec.Selector!.MatchLabels ?? new Dictionary<string, string>()))
        {
            labels[key] = value;
        }

        return labels;
    }
}
