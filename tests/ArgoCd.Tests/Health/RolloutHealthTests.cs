using ArgoCd.Health;

namespace ArgoCd.Tests.Health;

public sealed class RolloutHealthTests
{
    private static HealthStatus? Of(string status, string spec = "{strategy: {blueGreen: {}}}", int generation = 2) => ResourceHealth.Of(Yaml.Json($$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: { generation: {{generation}}, name: web, annotations: {a: b} }
        spec: {{spec}}
        status: {{status}}
        """));

    [Theory]
    [InlineData("Paused", "Suspended")]
    [InlineData("Degraded", "Degraded")]
    [InlineData("Progressing", "Progressing")]
    [InlineData("Healthy", "Healthy")]
    public void A_rollout_has_the_health_of_its_phase_and_its_message(string phase, string health)
        => Of($"{{observedGeneration: \"2\", phase: {phase}, message: why}}").Should().Be(new HealthStatus(health, "why"));

    [Fact]
    public void A_phase_that_Argo_CD_does_not_know_is_an_invalid_health()
        => Of("{observedGeneration: \"2\", phase: Dancing}").Should().Be(new HealthStatus("Unknown", "Lua returned an invalid health status"));

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("1")]
    public void A_generation_not_yet_observed_is_progressing_whatever_the_phase_says(string observed)
        => Of($"{{observedGeneration: {observed}, phase: Healthy}}").Should().Be(new HealthStatus("Progressing", "Waiting for rollout spec update to be observed"));

    [Theory]
    [InlineData("\"6f7d\"")]
    [InlineData("\"7495684\"")]
    public void A_hash_in_place_of_the_generation_as_in_Rollouts_0_9_counts_as_observed(string observed)
        => Of($"{{observedGeneration: {observed}, phase: Healthy}}")!.Status.Should().Be("Healthy");

    [Fact]
    public void A_rollout_without_status_waits_to_be_observed()
        => ResourceHealth.Of(Yaml.Json("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: web}, spec: {}}"))!.Message
            .Should().Be("Waiting for rollout spec update to be observed");

    [Fact]
    public void A_workload_generation_not_yet_observed_is_progressing()
        => ResourceHealth.Of(Yaml.Json("""
            apiVersion: argoproj.io/v1alpha1
            kind: Rollout
            metadata: {name: web, generation: 1, annotations: {rollout.argoproj.io/workload-generation: "3"}}
            spec: {workloadRef: {name: web}}
            status: {observedGeneration: "1", workloadObservedGeneration: "2", phase: Healthy}
            """))!.Status.Should().Be("Progressing");

    [Theory]
    [InlineData("{observedGeneration: \"2\", pauseConditions: [{reason: BlueGreenPause}]}", "Suspended", "Rollout is paused")]
    [InlineData("{observedGeneration: \"2\", conditions: [{type: InvalidSpec, message: bad}]}", "Degraded", "bad")]
    [InlineData("{observedGeneration: \"2\", conditions: [{type: Progressing, reason: RolloutAborted, message: stop}]}", "Degraded", "stop")]
    [InlineData("{observedGeneration: \"2\"}", "Progressing", "Waiting for rollout to finish: status has not been reconciled.")]
    [InlineData("{observedGeneration: \"2\", currentPodHash: a, updatedReplicas: 1, availableReplicas: 1}", "Progressing", "active service cutover pending")]
    [InlineData("{observedGeneration: \"2\", currentPodHash: a, updatedReplicas: 1, availableReplicas: 0}", "Progressing",
        "Waiting for roll out to finish: updated replicas are still becoming available")]
    [InlineData("{observedGeneration: \"2\", currentPodHash: a, updatedReplicas: 1, availableReplicas: 1, stableRS: b, blueGreen: {activeSelector: a}}",
        "Progressing", "waiting for analysis to complete")]
    [InlineData("{observedGeneration: \"2\", currentPodHash: a, updatedReplicas: 1, availableReplicas: 1, stableRS: a, blueGreen: {activeSelector: a}}",
        "Healthy", "")]
    public void Without_a_phase_the_older_fields_decide(string status, string health, string message)
        => Of(status).Should().Be(new HealthStatus(health, message));
}
