using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using ArgoRollouts.ReplicaSets;
using ArgoRollouts.Restarting;
using ArgoRollouts.Services;
using ArgoRollouts.Status;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoRollouts.BlueGreen;

/// <summary>
/// One pass over a blue/green Rollout, in upstream's order: the preview Service is pointed to a new ReplicaSet before that is scaled up, and
/// the active Service is switched after the pause was decided (rollout/bluegreen.go, rolloutBlueGreen).
/// </summary>
internal sealed class BlueGreenReconciler(
    ILister<V1Service> services,
    ServiceSelectorSwitch serviceSwitch,
    ReplicaSetCreation creation,
    BlueGreenReplicaSets replicaSets,
    PodRestarter restarter,
    RolloutAnalysisReconciler analysis,
    EphemeralMetadataReconciler ephemeralMetadata,
    StatusFinish finish)
{
    public async Task ReconcileAsync(RolloutContext context, CancellationToken cancel)
    {
        var blueGreen = context.Rollout.Spec.Strategy.BlueGreen!;
        var preview = string.IsNullOrEmpty(blueGreen.PreviewService) ? null : Service(context, blueGreen.PreviewService);
        var active = Service(context, blueGreen.ActiveService);
        await creation.SyncRevisionAsync(context, cancel);
        if (preview is not null && context.HaltReason is null)
        {
            preview = await serviceSwitch.SwitchAsync(context.Rollout, preview, context.NewHash, cancel);
        }

        if (context.PodTemplateChanged)
        {
            await SyncStatusAsync(context, preview, active, cancel);
            return;
        }

        await restarter.ReconcileAsync(context, cancel);
        await replicaSets.ReconcileAsync(context, cancel);
        BlueGreenPromotion.ReconcilePause(context, active);
        if (BlueGreenPromotion.ActiveHash(context, active) is { } hash)
        {
            active = await serviceSwitch.SwitchAsync(context.Rollout, active, hash, cancel);
        }

        await analysis.ReconcileAsync(context, cancel);
        await ephemeralMetadata.ReconcileAsync(context, cancel);
        await SyncStatusAsync(context, preview, active, cancel);
    }

    /// <summary>Only sizes change: replicas were edited, or an autoscaler wrote them.</summary>
    public async Task ScaleAsync(RolloutContext context, RolloutStatus status, CancellationToken cancel)
    {
        await replicaSets.ReconcileAsync(context, cancel);
        var active = context.Sets.All.WithHash(status.BlueGreen.ActiveSelector);
        status.HPAReplicas = active is null ? context.Sets.All.StatusReplicas() : active.Status?.Replicas ?? 0;
        status.AvailableReplicas = active?.AvailableReplicas() ?? context.Sets.All.AvailableReplicas();
    }

    private async Task SyncStatusAsync(RolloutContext context, V1Service? preview, V1Service active, CancellationToken cancel)
    {
        var status = BaseStatus.Calculate(context);
        if (context.PodTemplateChanged)
        {
            BaseStatus.Reset(context, status);
        }

        if (context.Rollout.Status.PromoteFull || context.IsRollbackWithinWindow)
        {
            context.Pause.ClearPauseConditions();
            context.Pause.RemoveAbort();
        }

        status.BlueGreen.PreviewSelector = NullIfEmpty(BlueGreenPromotion.Selected(preview));
        status.BlueGreen.ActiveSelector = NullIfEmpty(BlueGreenPromotion.Selected(active));
        var reason = FullPromotion.Reason(context, status);
        if (reason is null)
        {
            status.BlueGreen.ScaleUpPreviewCheckPoint = BlueGreenPromotion.ScaleUpPreviewCheckPoint(context);
        }
        else
        {
            await finish.PromoteAsync(context, status, reason, cancel);
        }

        CountActive(context, status);
        await finish.PersistAsync(context, status, cancel);
    }

    // Autoscalers and availability look at what takes traffic.
    private static void CountActive(RolloutContext context, RolloutStatus status)
    {
        if (context.Sets.All.WithHash(status.BlueGreen.ActiveSelector) is { } active)
        {
            status.HPAReplicas = active.Status?.Replicas ?? 0;
            status.Selector = LabelSelectors.Format(active.Spec.Selector);
            status.AvailableReplicas = active.AvailableReplicas();
            status.ReadyReplicas = active.Status?.ReadyReplicas ?? 0;
        }
        else
        {
            status.HPAReplicas = context.Sets.All.StatusReplicas();
            status.Selector = LabelSelectors.Format(context.Rollout.Spec.Selector);
            status.AvailableReplicas = context.Sets.All.AvailableReplicas();
        }
    }

    private V1Service Service(RolloutContext context, string name)
        => services.Find(new NamespacedName(context.Rollout.Metadata.NamespaceProperty ?? "", name))
           ?? throw new InvalidOperationException($"service \"{name}\" not found");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
