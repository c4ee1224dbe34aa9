using ArgoCd.Applications;
using ArgoCd.Settings;
using Controllers.Runtime.Client;

namespace ArgoCd.Tests.Applications;

public sealed class AutoSyncTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 0, 0, 10, TimeSpan.Zero);
    private static readonly SelfHealBackoff Backoff = new(TimeSpan.FromSeconds(2), 3, TimeSpan.FromMinutes(5));
    private static readonly ResourceStatus Drifted = new() { Kind = "Service", Name = "web", Status = "OutOfSync" };
    private static readonly ResourceStatus Extraneous = new() { Kind = "Service", Name = "old", Status = "OutOfSync", RequiresPruning = true };

    private static AutoSyncDecision Decide(string policy, string state = "null", string sync = "OutOfSync", bool changes = true, params ResourceStatus[] resources)
    {
        var application = new Application(new Unstructured(Yaml.Json($$"""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: web}
            spec: { source: {repoURL: r, path: p}, destination: {}, syncPolicy: {{policy}} }
            status: { operationState: {{state}} }
            """)));
        return AutoSync.Decide(
            application,
            new SyncStatus { Status = sync, Revision = "new" },
            resources.Length == 0 ? [Drifted] : resources,
            changes,
            Backoff,
            Now);
    }

    private static string Done(string revision, string phase = "Succeeded", int heals = 0, string finished = "2026-08-01T00:00:00Z") => $$"""
        { phase: {{phase}}, message: why, finishedAt: "{{finished}}", operation: { sync: { autoHealAttemptsCount: {{heals}} } }, syncResult: { revision: {{revision}}, source: {repoURL: r, path: p} } }
        """;

    [Fact]
    public void A_manual_application_never_syncs_by_itself() => Decide("{}").Should().Be(AutoSyncDecision.Nothing);

    [Fact]
    public void A_disabled_automation_does_nothing() => Decide("{automated: {enabled: false}}").Should().Be(AutoSyncDecision.Nothing);

    [Fact]
    public void An_application_that_is_Synced_or_Unknown_is_left_alone()
    {
        Decide("{automated: {}}", sync: "Synced").Should().Be(AutoSyncDecision.Nothing);
        Decide("{automated: {}}", sync: "Unknown").Should().Be(AutoSyncDecision.Nothing);
    }

    [Fact]
    public void A_new_revision_is_synced_with_five_retries()
    {
        var operation = Decide("{automated: {prune: true}, syncOptions: [CreateNamespace=true]}", Done("old")).Operation!;
        operation.Should().BeEquivalentTo(new { InitiatedBy = new OperationInitiator { Automated = true }, Retry = new RetryStrategy { Limit = 5 } });
        operation.Sync.Should().BeEquivalentTo(new { Revision = "new", Prune = true, SyncOptions = (string[])["CreateNamespace=true"] });
    }

    [Fact]
    public void A_revision_that_failed_is_not_tried_again_and_the_condition_says_why()
        => Decide("{automated: {selfHeal: true}}", Done("new", "Failed")).Error!.Message.Should().Be("Failed last sync attempt to [new]: why");

    [Fact]
    public void Drift_is_left_alone_without_selfHeal() => Decide("{automated: {}}", Done("new")).Should().Be(AutoSyncDecision.Nothing);

    [Fact]
    public void Drift_is_healed_at_once_the_first_time_and_only_what_drifted()
    {
        var sync = Decide("{automated: {selfHeal: true}}", Done("new")).Operation!.Sync!;
        sync.AutoHealAttemptsCount.Should().Be(1);
        sync.Resources.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Kind = "Service", Name = "web" });
    }

    [Fact]
    public void Further_heals_wait_longer_each_time()
        => Decide("{automated: {selfHeal: true}}", Done("new", heals: 3)).After.Should().Be(TimeSpan.FromSeconds(18 - 10));

    [Fact]
    public void Only_extraneous_resources_and_no_prune_is_nothing_to_do()
        => Decide("{automated: {}}", resources: [Extraneous]).Should().Be(AutoSyncDecision.Nothing);

    [Fact]
    public void Everything_is_not_wiped_out_unless_allowed()
    {
        Decide("{automated: {prune: true}}", resources: [Extraneous]).Error!.Message.Should().Be("Skipping sync attempt to [new]: auto-sync will wipe out all resources");
        Decide("{automated: {prune: true, allowEmpty: true}}", resources: [Extraneous]).Operation.Should().NotBeNull();
    }
}
