using ArgoRollouts.BlueGreen;
using ArgoRollouts.Models;
using ArgoRollouts.Reconciling;
using k8s.Models;

namespace ArgoRollouts.Tests.BlueGreen;

public sealed class BlueGreenPromotionTests
{
    private static readonly V1Service Active = Build.Service("active", "old");

    [Fact]
    public void With_automatic_promotion_the_active_service_follows_at_once()
        => BlueGreenPromotion.ActiveHash(Context(), Active).Should().Be("new");

    [Fact]
    public void An_incomplete_preview_leaves_the_active_service_alone()
        => BlueGreenPromotion.ActiveHash(Context(available: 2), Active).Should().BeNull();

    [Fact]
    public void Without_automatic_promotion_the_rollout_pauses_once_the_preview_is_complete()
    {
        var context = Context(rollout => rollout.Spec.Strategy.BlueGreen!.AutoPromotionEnabled = false);

        BlueGreenPromotion.ReconcilePause(context, Active);

        context.Pause.HasAddPause.Should().BeTrue();
        BlueGreenPromotion.ActiveHash(context, Active).Should().Be("old");
        var status = new RolloutStatus();
        context.Pause.CalculateStatus(status);
        status.ControllerPause.Should().BeTrue();
        status.PauseConditions.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new PauseCondition { Reason = PauseReason.BlueGreenPause, StartTime = Build.Now.UtcDateTime });
    }

    [Fact]
    public void Resumed_by_a_user_it_is_promoted_and_not_paused_again()
    {
        var context = Context(rollout =>
        {
            rollout.Spec.Strategy.BlueGreen!.AutoPromotionEnabled = false;
            rollout.Status.ControllerPause = true;
        });

        BlueGreenPromotion.ReconcilePause(context, Active);

        context.Pause.HasAddPause.Should().BeFalse();
        BlueGreenPromotion.ActiveHash(context, Active).Should().Be("new");
    }

    [Theory]
    [InlineData(29, "old", 1)]
    [InlineData(30, "new", null)]
    public void After_autoPromotionSeconds_it_is_promoted(int seconds, string hash, int? lookAgain)
    {
        var context = Context(
            rollout =>
            {
                rollout.Spec.Strategy.BlueGreen!.AutoPromotionSeconds = 30;
                rollout.Status.ControllerPause = true;
                rollout.Status.PauseConditions = [new PauseCondition { Reason = PauseReason.BlueGreenPause, StartTime = Build.Now.UtcDateTime }];
            },
            now: Build.Now.AddSeconds(seconds));

        BlueGreenPromotion.ReconcilePause(context, Active);

        BlueGreenPromotion.ActiveHash(context, Active).Should().Be(hash);
        context.RequeueAfter.Should().Be(lookAgain is { } left ? TimeSpan.FromSeconds(left) : null);
    }

    [Fact]
    public void A_running_prePromotionAnalysis_neither_pauses_nor_promotes()
    {
        var context = Context(rollout => rollout.Spec.Strategy.BlueGreen!.PrePromotionAnalysis = new RolloutAnalysis());

        BlueGreenPromotion.ReconcilePause(context, Active);

        context.Pause.HasAddPause.Should().BeFalse();
        BlueGreenPromotion.ActiveHash(context, Active).Should().Be("old");
    }

    [Fact]
    public void A_set_inside_its_scaleDownDelay_skips_the_pause()
    {
        var context = Context(rollout => rollout.Spec.Strategy.BlueGreen!.AutoPromotionEnabled = false);
        context.NewRS!.WithDeadline(Build.Now.AddSeconds(10));

        BlueGreenPromotion.ReconcilePause(context, Active);

        context.Pause.HasAddPause.Should().BeFalse();
        BlueGreenPromotion.ActiveHash(context, Active).Should().Be("new");
    }

    [Fact]
    public void An_aborted_update_returns_the_active_service_to_stable()
        => BlueGreenPromotion.ActiveHash(Context(rollout => rollout.Status.Abort = true), Build.Service("active", "new")).Should().Be("old");

    [Fact]
    public void A_user_pause_leaves_everything_as_it_is()
        => BlueGreenPromotion.ActiveHash(Context(rollout => rollout.Spec.Paused = true), Active).Should().BeNull();

    [Theory]
    [InlineData("old", "new", false, false, false, 1)] // waiting for acceptance
    [InlineData("old", "new", false, true, false, 3)] // accepted: full size
    [InlineData("old", "new", true, true, false, 1)] // accepted, but paused
    [InlineData("old", "older", false, true, false, 1)] // a new update that the status does not know yet
    [InlineData("old", "new", false, false, true, 3)] // promoted by the user
    [InlineData("new", "new", false, false, false, 3)] // active already
    public void The_preview_has_its_own_size_until_it_is_accepted(string active, string current, bool paused, bool checkPoint, bool promoteFull, int replicas)
    {
        var rollout = Build.BlueGreen(rollout =>
        {
            rollout.Spec.Strategy.BlueGreen!.PreviewReplicaCount = 1;
            rollout.Spec.Paused = paused;
            rollout.Status.BlueGreen.ActiveSelector = active;
            rollout.Status.BlueGreen.ScaleUpPreviewCheckPoint = checkPoint;
            rollout.Status.CurrentPodHash = current;
            rollout.Status.PromoteFull = promoteFull;
        });
        var set = Build.Set("new", 1, 1);

        BlueGreenReplicas.OfNew(rollout, [Build.Set("old", 3, 3), set], set).Should().Be(replicas);
    }

    private static RolloutContext Context(Action<Rollout>? with = null, int available = 3, DateTimeOffset? now = null)
    {
        var rollout = Build.BlueGreen(rollout =>
        {
            rollout.Status.StableRS = "old";
            rollout.Status.CurrentPodHash = "new";
            rollout.Status.BlueGreen.ActiveSelector = "old";
            with?.Invoke(rollout);
        });
        return new RolloutContext(rollout, Build.Roles(rollout, Build.Set("new", 3, available), Build.Set("old", 3, 3)), [], now ?? Build.Now);
    }
}
