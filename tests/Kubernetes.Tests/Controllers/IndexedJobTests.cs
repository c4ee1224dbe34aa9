using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Indexed Jobs that fail index by index, or succeed by a policy.</summary>
public sealed class IndexedJobTests(TestCluster cluster)
{
    [Fact]
    public async Task An_index_that_fails_too_often_is_given_up_and_the_others_go_on()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "shards", "test $JOB_COMPLETION_INDEX != 1", "completionMode: Indexed\n  completions: 3\n  parallelism: 3\n  backoffLimitPerIndex: 1"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "shards", job => Has(job, "Failed") || Has(job, "Complete"));

        job.Spec.BackoffLimit.Should().Be(int.MaxValue);
        job.Status.CompletedIndexes.Should().Be("0,2");
        job.Status.FailedIndexes.Should().Be("1");
        job.Status.Failed.Should().Be(2, "the index was tried again once");
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Failed" && condition.Reason == "FailedIndexes" && condition.Message == "Job has failed indexes");
        var pods = (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: TestContext.Current.CancellationToken)).Items;
        pods.Where(pod => pod.Status.Phase == "Failed").Select(pod => pod.Metadata.Annotations["batch.kubernetes.io/job-index-failure-count"]).Should().BeEquivalentTo("0", "1");
    }

    [Fact]
    public async Task A_success_policy_ends_the_job_before_all_indexes_are_done()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(
            ns, "leader", "test $JOB_COMPLETION_INDEX = 0 || sleep 1000",
            "completionMode: Indexed\n  completions: 3\n  parallelism: 3\n  successPolicy: { rules: [{ succeededCount: 3 }, { succeededIndexes: \"0\" }] }"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "leader", job => Has(job, "Failed") || Has(job, "Complete"));

        job.Status.Conditions.Where(condition => condition.Status == "True").Select(condition => condition.Type).Should().Equal("SuccessCriteriaMet", "Complete");
        job.Status.Conditions.Should().OnlyContain(condition => condition.Reason == "SuccessPolicy" && condition.Message == "Matched rules at index 1");
        job.Status.Succeeded.Should().Be(1);
        job.Status.CompletedIndexes.Should().Be("0");
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 1);
    }

    [Fact]
    public async Task A_failure_rule_gives_an_index_up_at_once()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(
            ns, "strict", "exit 42",
            "completionMode: Indexed\n  completions: 2\n  parallelism: 1\n  backoffLimitPerIndex: 5\n  maxFailedIndexes: 0\n  podFailurePolicy: { rules: [{ action: FailIndex, onExitCodes: { operator: In, values: [42] } }] }"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "strict", job => Has(job, "Failed"));

        job.Spec.PodReplacementPolicy.Should().Be("Failed");
        job.Status.FailedIndexes.Should().Be("0");
        job.Status.Failed.Should().Be(1);
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Failed" && condition.Reason == "MaxFailedIndexesExceeded"
            && condition.Message == "Job has exceeded the specified maximal number of failed indexes");
    }

    private static bool Has(V1Job? job, string type) => job?.Status?.Conditions?.Any(condition => condition.Type == type && condition.Status == "True") == true;
}
