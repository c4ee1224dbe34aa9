using System.Globalization;
using ArgoCd.Applications;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoCd.Settings;

/// <summary>Argo CD's settings as they stand in <c>argocd-cm</c> and <c>argocd-cmd-params-cm</c>; read anew each time, so that a change takes effect.</summary>
internal sealed class ArgoCdSettings(ILister<V1ConfigMap> configMaps, string @namespace)
{
    /// <summary>How old a comparison may get: <c>timeout.reconciliation</c>; zero: no polling.</summary>
    public TimeSpan ReconciliationTimeout => Durations.TryParse(Setting("timeout.reconciliation")) ?? TimeSpan.FromMinutes(2);

    /// <summary>What is added to it at most, so that not all applications poll at once: <c>timeout.reconciliation.jitter</c>.</summary>
    public TimeSpan ReconciliationJitter => Durations.TryParse(Setting("timeout.reconciliation.jitter")) ?? TimeSpan.FromMinutes(1);

    public TimeSpan HardReconciliationTimeout => Durations.TryParse(Setting("timeout.hard.reconciliation")) ?? TimeSpan.Zero;

    public ResourceExclusions Exclusions => ResourceExclusions.Parse(Setting("resource.exclusions"));

    public TimeSpan SessionDuration => Durations.TryParse(Setting("users.session.duration")) ?? TimeSpan.FromHours(24);

    public bool AdminEnabled => Setting("admin.enabled") != "false";

    public string Url => Setting("url") ?? "";

    /// <summary>How long a repository error is kept back while a poll sees it: <c>controller.repo.error.grace.period.seconds</c>.</summary>
    public TimeSpan RepositoryErrorGracePeriod => Seconds("controller.repo.error.grace.period.seconds", 180);

    public SelfHealBackoff SelfHeal => new(
        Seconds("controller.self.heal.backoff.timeout.seconds", 2),
        (int)Seconds("controller.self.heal.backoff.factor", 3).TotalSeconds,
        Seconds("controller.self.heal.backoff.cap.seconds", 300));

    private string? Setting(string key) => Read("argocd-cm", key);

    private TimeSpan Seconds(string key, int fallback)
        => TimeSpan.FromSeconds(int.TryParse(Read("argocd-cmd-params-cm", key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds) ? seconds : fallback);

    private string? Read(string map, string key)
        => configMaps.Find(new NamespacedName(@namespace, map))?.Data?.TryGetValue(key, out var value) == true ? value : null;
}

/// <summary>How long to wait between attempts to heal: <paramref name="First"/>, then times <paramref name="Factor"/>, up to <paramref name="Max"/>.</summary>
internal sealed record SelfHealBackoff(TimeSpan First, int Factor, TimeSpan Max)
{
    /// <summary>The delay before attempt <paramref name="attempts"/> + 1; the first heals at once.</summary>
    public TimeSpan Delay(long attempts)
        => attempts <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Max.TotalSeconds, First.TotalSeconds * Math.Pow(Factor, attempts - 1)));
}
