using ArgoCd.Health;

namespace ArgoCd.Tests.Health;

public sealed class ResourceHealthTests
{
    private static HealthStatus? Of(string apiVersion, string kind, string rest)
        => ResourceHealth.Of(Yaml.Json($"apiVersion: {apiVersion}\nkind: {kind}\n{rest}"));

    [Fact]
    public void A_config_map_has_no_health() => Of("v1", "ConfigMap", "metadata: {name: a}").Should().BeNull();

    [Fact]
    public void An_object_that_is_being_deleted_is_progressing()
        => Of("v1", "ConfigMap", "metadata: {name: a, deletionTimestamp: '2026-01-01T00:00:00Z'}").Should().Be(new HealthStatus("Progressing", "Pending deletion"));

    [Fact]
    public void A_hook_that_waits_for_its_finalizer_keeps_its_own_health()
        => Of("batch/v1", "Job", "metadata: {name: a, deletionTimestamp: x, finalizers: [argocd.argoproj.io/hook-finalizer]}\nstatus: {conditions: [{type: Complete}]}")!
            .Status.Should().Be("Healthy");

    [Theory]
    [InlineData("{replicas: 3, paused: true}", "{}", "Suspended", "Deployment is paused")]
    [InlineData("{replicas: 3}", "{observedGeneration: 0}", "Progressing", "Waiting for rollout to finish: observed deployment generation less than desired generation")]
    [InlineData("{replicas: 3}", "{observedGeneration: 1, updatedReplicas: 1}", "Progressing", "Waiting for rollout to finish: 1 out of 3 new replicas have been updated...")]
    [InlineData("{replicas: 3}", "{observedGeneration: 1, updatedReplicas: 3, replicas: 4}", "Progressing", "Waiting for rollout to finish: 1 old replicas are pending termination...")]
    [InlineData("{replicas: 3}", "{observedGeneration: 1, updatedReplicas: 3, replicas: 3, availableReplicas: 2}", "Progressing",
        "Waiting for rollout to finish: 2 of 3 updated replicas are available...")]
    [InlineData("{replicas: 3}", "{observedGeneration: 1, updatedReplicas: 3, replicas: 3, availableReplicas: 3}", "Healthy", null)]
    [InlineData("{replicas: 3}", "{observedGeneration: 1, conditions: [{type: Progressing, reason: ProgressDeadlineExceeded}]}", "Degraded",
        "Deployment \"web\" exceeded its progress deadline")]
    public void A_deployment_is_judged_by_its_replicas(string spec, string status, string health, string? message)
        => Of("apps/v1", "Deployment", $"metadata: {{name: web, generation: 1}}\nspec: {spec}\nstatus: {status}").Should().Be(new HealthStatus(health, message));

    [Theory]
    [InlineData("Always", "{phase: Running, conditions: [{type: Ready, status: 'True'}]}", "Healthy")]
    [InlineData("Always", "{phase: Running}", "Progressing")]
    [InlineData("Always", "{phase: Running, containerStatuses: [{lastState: {terminated: {exitCode: 1}}}]}", "Degraded")]
    [InlineData("Always", "{phase: Pending, containerStatuses: [{state: {waiting: {reason: ImagePullBackOff, message: m}}}]}", "Degraded")]
    [InlineData("Never", "{phase: Running, conditions: [{type: Ready, status: 'True'}]}", "Progressing")]
    [InlineData("Never", "{phase: Succeeded}", "Healthy")]
    [InlineData("Never", "{phase: Failed}", "Degraded")]
    [InlineData("Never", "{phase: Odd}", "Unknown")]
    public void A_pod_is_judged_by_its_phase_and_restart_policy(string policy, string status, string health)
        => Of("v1", "Pod", $"metadata: {{name: p}}\nspec: {{restartPolicy: {policy}}}\nstatus: {status}")!.Status.Should().Be(health);

    [Theory]
    [InlineData("{}", "{}", "Healthy")]
    [InlineData("{type: LoadBalancer}", "{}", "Progressing")]
    [InlineData("{type: LoadBalancer}", "{loadBalancer: {ingress: [{ip: 1.2.3.4}]}}", "Healthy")]
    public void A_service_waits_only_for_a_load_balancer(string spec, string status, string health)
        => Of("v1", "Service", $"metadata: {{name: s}}\nspec: {spec}\nstatus: {status}")!.Status.Should().Be(health);

    [Fact]
    public void An_ingress_without_address_is_progressing()
        => Of("networking.k8s.io/v1", "Ingress", "metadata: {name: i}\nstatus: {loadBalancer: {}}")!.Status.Should().Be("Progressing");

    [Theory]
    [InlineData("[]", "Progressing", null)]
    [InlineData("[{type: Complete, message: done}]", "Healthy", "done")]
    [InlineData("[{type: Failed, message: oops}]", "Degraded", "oops")]
    [InlineData("[{type: Suspended, status: 'True', message: wait}]", "Suspended", "wait")]
    public void A_job_is_judged_by_its_conditions(string conditions, string health, string? message)
        => Of("batch/v1", "Job", $"metadata: {{name: j}}\nstatus: {{conditions: {conditions}}}").Should().Be(new HealthStatus(health, message));

    [Theory]
    [InlineData("Running", "Progressing", "Analysis run is running")]
    [InlineData("Successful", "Healthy", "Analysis run completed successfully")]
    [InlineData("Failed", "Degraded", "Analysis run failed")]
    [InlineData("Inconclusive", "Unknown", "Analysis run was inconclusive")]
    public void An_analysis_run_is_judged_by_its_phase(string phase, string health, string message)
        => Of("argoproj.io/v1alpha1", "AnalysisRun", $"metadata: {{name: a}}\nstatus: {{phase: {phase}}}").Should().Be(new HealthStatus(health, message));

    [Fact]
    public void Health_codes_are_ordered_as_upstream_orders_them()
    {
        string[] order = ["Healthy", "Suspended", "Progressing", "Missing", "Degraded", "Unknown"];
        foreach (var (better, worse) in order.Zip(order.Skip(1)))
        {
            HealthCode.IsWorse(better, worse).Should().BeTrue();
            HealthCode.IsWorse(worse, better).Should().BeFalse();
        }
    }
}
