using ArgoRollouts.Models;

namespace ArgoRollouts.AnalysisRuns;

/// <summary>The AnalysisRuns that a Rollout's status names (utils/analysis, CurrentAnalysisRuns).</summary>
internal sealed record CurrentAnalysisRuns(
    AnalysisRun? PrePromotion = null, AnalysisRun? PostPromotion = null, AnalysisRun? Step = null, AnalysisRun? Background = null)
{
    public IEnumerable<AnalysisRun> All => new[] { PostPromotion, PrePromotion, Step, Background }.OfType<AnalysisRun>();

    /// <summary>Splits a Rollout's runs into those its status names and the others.</summary>
    public static (CurrentAnalysisRuns Current, IReadOnlyList<AnalysisRun> Others) Of(Rollout rollout, IReadOnlyList<AnalysisRun> runs)
    {
        var status = rollout.Status;
        var current = new CurrentAnalysisRuns(
            Named(status.BlueGreen.PrePromotionAnalysisRunStatus),
            Named(status.BlueGreen.PostPromotionAnalysisRunStatus),
            Named(status.Canary.CurrentStepAnalysisRunStatus),
            Named(status.Canary.CurrentBackgroundAnalysisRunStatus));
        var names = current.All.Select(run => run.Metadata.Name).ToHashSet();
        return (current, [.. runs.Where(run => !names.Contains(run.Metadata.Name))]);

        AnalysisRun? Named(RolloutAnalysisRunStatus? named)
            => named is null ? null : runs.FirstOrDefault(run => run.Metadata.Name == named.Name);
    }

    /// <summary>Writes into the status what the strategy's runs came to. A run that is gone leaves no trace.</summary>
    public void Record(Rollout rollout, RolloutStatus status)
    {
        if (rollout.Spec.Strategy.Canary is not null)
        {
            status.Canary.CurrentBackgroundAnalysisRunStatus = Status(Background) ?? status.Canary.CurrentBackgroundAnalysisRunStatus;
            status.Canary.CurrentStepAnalysisRunStatus = Status(Step) ?? status.Canary.CurrentStepAnalysisRunStatus;
        }
        else if (rollout.Spec.Strategy.BlueGreen is not null)
        {
            status.BlueGreen.PrePromotionAnalysisRunStatus = Status(PrePromotion) ?? status.BlueGreen.PrePromotionAnalysisRunStatus;
            status.BlueGreen.PostPromotionAnalysisRunStatus = Status(PostPromotion) ?? status.BlueGreen.PostPromotionAnalysisRunStatus;
        }
    }

    private static RolloutAnalysisRunStatus? Status(AnalysisRun? run) => run is null
        ? null
        : new RolloutAnalysisRunStatus { Name = run.Metadata.Name, Status = run.Status.Phase ?? "", Message = run.Status.Message };
}
