using System.Globalization;
using ArgoRollouts.Canary;
using ArgoRollouts.Events;
using ArgoRollouts.Models;
using ArgoRollouts.Pausing;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using Controllers.Runtime;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>Starts, follows and ends the analyses of a Rollout, and pauses or aborts it by what they came to (rollout/analysis.go, reconcileAnalysisRuns).</summary>
internal sealed class RolloutAnalysisReconciler(AnalysisRunCreation creation, RolloutEvents events)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        if (context.Pause.IsAborted
            || rollout.Status.PromoteFull
            || context.NewRS.HasScaleDownDeadline()
            || string.IsNullOrEmpty(rollout.Status.StableRS)
            || context.IsRollbackWithinWindow)
        {
            context.CurrentRuns.Record(rollout, context.NewStatus);
            await creation.CancelAsync(context.CurrentRuns.All.Concat(context.OtherRuns), cancel);
            return;
        }

        var current = rollout.Spec.Strategy.BlueGreen is { } blueGreen
            ? await BlueGreenAsync(context, blueGreen, cancel)
            : await CanaryAsync(context, rollout.Spec.Strategy.Canary!, cancel);
        context.CurrentRuns = current;
        current.Record(rollout, context.NewStatus);

        // a run just created or found again may still be among the others of a cache that is behind
        var names = current.All.Select(run => run.Metadata.Name).ToHashSet();
        var others = context.OtherRuns.Where(run => !names.Contains(run.Metadata.Name)).ToList();
        await creation.CancelAsync(others, cancel);
        var surplus = AnalysisRunHistory.Surplus(
            others, context.Sets.All, Defaults.SuccessfulRunHistoryLimit(rollout), Defaults.UnsuccessfulRunHistoryLimit(rollout));
        await creation.DeleteAsync(surplus, cancel);
        await TellAsync(rollout, current, cancel);
    }

    private async Task<CurrentAnalysisRuns> BlueGreenAsync(RolloutContext context, BlueGreenStrategy blueGreen, CancellationToken cancel)
    {
        var pre = await PromotionAsync(
            context, blueGreen.PrePromotionAnalysis, context.CurrentRuns.PrePromotion, BlueGreenAnalysis.SkipsPrePromotion(context), "pre", AnalysisRunLabels.PrePromotion, cancel);
        React(context, pre, "Blue/green pre-promotion analysis phase error/failed");
        var post = await PromotionAsync(
            context, blueGreen.PostPromotionAnalysis, context.CurrentRuns.PostPromotion, BlueGreenAnalysis.SkipsPostPromotion(context), "post", AnalysisRunLabels.PostPromotion, cancel);
        React(context, post, "Blue/green post-promotion analysis phase error/failed");
        return new CurrentAnalysisRuns(PrePromotion: pre, PostPromotion: post);
    }

    private async Task<AnalysisRun?> PromotionAsync(
        RolloutContext context, RolloutAnalysis? analysis, AnalysisRun? run, bool skip, string infix, string type, CancellationToken cancel)
    {
        if (analysis is not { Templates.Count: > 0 })
        {
            await creation.CancelAsync([run], cancel);
            return null;
        }

        if (skip)
        {
            await creation.CancelAsync([run], cancel);
            return run;
        }

        var inconclusive = PauseContext.Condition(context.Rollout, PauseReason.InconclusiveAnalysis) is not null;
        return inconclusive || !NeedsNew(run, context.Rollout) ? run : await creation.CreateAsync(context, analysis, infix, type, step: null, cancel);
    }

    private async Task<CurrentAnalysisRuns> CanaryAsync(RolloutContext context, CanaryStrategy canary, CancellationToken cancel)
    {
        var step = await StepAsync(context, cancel);
        var background = await BackgroundAsync(context, canary, cancel);
        return new CurrentAnalysisRuns(Step: step, Background: background);
    }

    private async Task<AnalysisRun?> StepAsync(RolloutContext context, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        var run = context.CurrentRuns.Step;
        if (PauseContext.HasConditions(rollout.Status) || rollout.Status.Abort)
        {
            return run;
        }

        var index = CanarySteps.CurrentIndex(rollout);
        var analysis = CanarySteps.Current(rollout)?.Analysis;
        var ofAnotherStep = run is not null && run.Metadata.Label(AnalysisRunLabels.StepIndex) != index?.ToString(CultureInfo.InvariantCulture);
        if (analysis is not { Templates.Count: > 0 } || ofAnotherStep)
        {
            await creation.CancelAsync([run], cancel); // promoted past its step
            return null;
        }

        if (NeedsNew(run, rollout))
        {
            return await creation.CreateAsync(context, analysis, index!.Value.ToString(CultureInfo.InvariantCulture), AnalysisRunLabels.Step, index, cancel);
        }

        React(context, run, "Step-based analysis phase error/failed");
        return run;
    }

    private async Task<AnalysisRun?> BackgroundAsync(RolloutContext context, CanaryStrategy canary, CancellationToken cancel)
    {
        var rollout = context.Rollout;
        var run = context.CurrentRuns.Background;
        if (canary.Analysis is not { Templates.Count: > 0 } analysis)
        {
            await creation.CancelAsync([run], cancel);
            return null;
        }

        if (context.IsFullyPromoted
            || string.IsNullOrEmpty(rollout.Status.StableRS)
            || string.IsNullOrEmpty(rollout.Status.CurrentPodHash)
            || CanarySteps.BeforeStartingStep(rollout))
        {
            return null;
        }

        if (PauseContext.Condition(rollout, PauseReason.InconclusiveAnalysis) is not null)
        {
            return run;
        }

        if (NeedsNew(run, rollout))
        {
            return await creation.CreateAsync(context, analysis, "", AnalysisRunLabels.Background, step: null, cancel);
        }

        React(context, run, "Background analysis phase error/failed");
        return run;
    }

    // A resumed Rollout repeats an inconclusive analysis, a retried one any; a pause for another reason repeats none.
    private static bool NeedsNew(AnalysisRun? run, Rollout rollout)
    {
        if (run is null)
        {
            return true;
        }

        return rollout.Status.ControllerPause
               && PauseContext.Condition(rollout, PauseReason.CanaryPauseStep) is null
               && PauseContext.Condition(rollout, PauseReason.BlueGreenPause) is null
            ? run.Status.Phase == AnalysisPhase.Inconclusive
            : rollout.Status.AbortedAt is not null;
    }

    private static void React(RolloutContext context, AnalysisRun? run, string message)
    {
        switch (run?.Status.Phase)
        {
            case AnalysisPhase.Inconclusive:
                context.Pause.AddPauseCondition(PauseReason.InconclusiveAnalysis);
                break;
            case AnalysisPhase.Error or AnalysisPhase.Failed:
                context.Pause.AddAbort(string.IsNullOrEmpty(run.Status.Message) ? message : $"{message}: {run.Status.Message}");
                break;
        }
    }

    private async Task TellAsync(Rollout rollout, CurrentAnalysisRuns current, CancellationToken cancel)
    {
        await TellAsync(rollout, rollout.Status.BlueGreen.PostPromotionAnalysisRunStatus, current.PostPromotion, AnalysisRunLabels.PostPromotion, cancel);
        await TellAsync(rollout, rollout.Status.BlueGreen.PrePromotionAnalysisRunStatus, current.PrePromotion, AnalysisRunLabels.PrePromotion, cancel);
        await TellAsync(rollout, rollout.Status.Canary.CurrentStepAnalysisRunStatus, current.Step, AnalysisRunLabels.Step, cancel);
        await TellAsync(rollout, rollout.Status.Canary.CurrentBackgroundAnalysisRunStatus, current.Background, AnalysisRunLabels.Background, cancel);
    }

    private Task TellAsync(Rollout rollout, RolloutAnalysisRunStatus? before, AnalysisRun? run, string type, CancellationToken cancel)
    {
        var phase = run?.Status.Phase;
        if (string.IsNullOrEmpty(phase) || (before is not null && (before.Name != run!.Metadata.Name || before.Status == phase)))
        {
            return Task.CompletedTask;
        }

        var message = $"{type} Analysis Run '{run!.Metadata.Name}' Status New: '{phase}' Previous: '{before?.Status ?? "NoPreviousStatus"}'";
        return phase is AnalysisPhase.Failed or AnalysisPhase.Error
            ? events.WarningAsync(rollout, $"AnalysisRun{phase}", message, cancel)
            : events.NormalAsync(rollout, $"AnalysisRun{phase}", message, cancel);
    }
}
