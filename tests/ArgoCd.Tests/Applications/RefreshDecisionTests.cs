using ArgoCd.Applications;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Applications;

public sealed class RefreshDecisionTests
{
    private static readonly DateTimeOffset Reconciled = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private static Refresh? Due(
        string annotations = "{}", string path = "p", string reconciledAt = "\"2026-08-01T00:00:00Z\"", CompareWith? requested = null, int afterSeconds = 10)
        => RefreshDecision.Due(
            new Application(new Unstructured(Yaml.Json($$"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: web, annotations: {{annotations}} }
                spec: { source: { repoURL: r, path: {{path}} }, destination: { namespace: shop } }
                status: { reconciledAt: {{reconciledAt}}, sync: { status: Synced, comparedTo: { source: { repoURL: r, path: p }, destination: { namespace: shop } } } }
                """))),
            requested,
            Timeout,
            TimeSpan.Zero,
            Reconciled.AddSeconds(afterSeconds));

    [Fact]
    public void A_fresh_comparison_is_left_alone() => Due().Should().BeNull();

    [Theory]
    [InlineData("normal", false)]
    [InlineData("hard", true)]
    public void The_annotation_asks_for_a_refresh(string type, bool hard)
        => Due($"{{argocd.argoproj.io/refresh: {type}}}").Should().Be(new Refresh(CompareWith.LatestForceResolve, hard, $"{type} refresh requested"));

    [Fact]
    public void A_changed_source_is_compared_and_errors_count_at_once() => Due(path: "other")!.Value.Level.Should().Be(CompareWith.LatestForceResolve);

    [Fact]
    public void An_application_never_compared_is_compared() => Due(reconciledAt: "null")!.Value.Level.Should().Be(CompareWith.Latest);

    [Fact]
    public void A_comparison_expires()
    {
        Due(afterSeconds: 179).Should().BeNull();
        Due(afterSeconds: 180)!.Value.Level.Should().Be(CompareWith.Latest);
    }

    [Fact]
    public void A_live_change_is_compared_with_the_commit_known() => Due(requested: CompareWith.Recent)!.Value.Level.Should().Be(CompareWith.Recent);

    [Fact]
    public void The_next_poll_is_when_the_comparison_expires()
        => RefreshDecision.UntilNext(new ApplicationStatus { ReconciledAt = Reconciled }, Timeout, Reconciled.AddSeconds(60)).Should().Be(TimeSpan.FromSeconds(120));

    [Fact]
    public void A_timeout_of_zero_disables_polling()
        => RefreshDecision.UntilNext(new ApplicationStatus { ReconciledAt = Reconciled }, TimeSpan.Zero, Reconciled).Should().BeNull();

    [Fact]
    public void The_jitter_stays_within_its_bound_and_is_the_same_for_the_same_name()
    {
        var timeouts = Enumerable.Range(0, 50).Select(number => RefreshDecision.WithJitter(Timeout, TimeSpan.FromMinutes(1), $"app-{number}")).ToList();
        timeouts.Should().OnlyContain(timeout => timeout >= Timeout && timeout < Timeout + TimeSpan.FromMinutes(1)).And.HaveCountGreaterThan(10);
        timeouts.Distinct().Should().HaveCountGreaterThan(25);
        RefreshDecision.WithJitter(Timeout, TimeSpan.FromMinutes(1), "app-0").Should().Be(timeouts[0]);
    }

    [Theory]
    [InlineData("180s", 180)]
    [InlineData("3m", 180)]
    [InlineData("1h0m1.5s", 3601.5)]
    [InlineData("90", 90)]
    [InlineData("500ms", 0.5)]
    public void Durations_are_read_as_Go_writes_them(string text, double seconds) => Durations.Parse(text).TotalSeconds.Should().Be(seconds);
}
