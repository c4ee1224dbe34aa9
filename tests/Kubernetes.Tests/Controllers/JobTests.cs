using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Jobs whose pods are real processes.</summary>
public sealed class JobTests(TestCluster cluster)
{
    [Fact]
    public async Task A_job_whose_process_succeeds_is_complete()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "good", "exit 0"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "good", job => Has(job, "Complete"));

        job.Status.Succeeded.Should().Be(1);
        job.Status.CompletionTime.Should().NotBeNull();
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Complete" && condition.Reason == "CompletionsReached"
            && condition.Message == "Reached expected number of succeeded pods");
    }

    [Fact]
    public async Task A_job_beyond_its_backoff_limit_has_failed()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "bad", "exit 1", "backoffLimit: 1"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "bad", job => Has(job, "Failed"));

        job.Status.Failed.Should().Be(2);
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Failed" && condition.Reason == "BackoffLimitExceeded"
            && condition.Message == "Job has reached the specified backoff limit");
    }

    [Fact]
    public async Task A_job_past_its_deadline_is_stopped()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "slow", "sleep 1000", "activeDeadlineSeconds: 3"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "slow", job => Has(job, "Failed"));

        job.Status.Conditions.Should().Contain(condition => condition.Reason == "DeadlineExceeded");
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
    }

    [Fact]
    public async Task Completions_run_in_parallel_and_the_finished_job_goes_after_its_time()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "many", "exit 0", "completions: 5\n  parallelism: 2\n  ttlSecondsAfterFinished: 60"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "many", job => Has(job, "Complete"));

        job.Status.Succeeded.Should().Be(5);
        await cluster.EventuallyAsync(Resources.Jobs, ns, "many", found => found is null);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
    }

    [Fact]
    public async Task Each_index_of_an_indexed_job_has_a_pod_that_knows_it()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "shards", "test $JOB_COMPLETION_INDEX -eq ${HOSTNAME#shards-}", "completionMode: Indexed\n  completions: 3\n  parallelism: 2\n  backoffLimit: 0"));

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "shards", job => Has(job, "Complete") || Has(job, "Failed"));

        job.Status.CompletedIndexes.Should().Be("0-2");
        job.Status.Succeeded.Should().Be(3);
        var pods = (await cluster.Client.ListAsync(Resources.Pods, ns, cancel: TestContext.Current.CancellationToken)).Items.OrderBy(pod => pod.Spec.Hostname).ToList();
        pods.Select(pod => pod.Spec.Hostname).Should().Equal("shards-0", "shards-1", "shards-2");
        pods.Select(pod => pod.Metadata.Labels["batch.kubernetes.io/job-completion-index"]).Should().Equal("0", "1", "2");
        pods.Should().OnlyContain(pod => pod.Metadata.Name.StartsWith(pod.Spec.Hostname + "-"));
    }

    private static bool Has(V1Job? job, string type) => job?.Status?.Conditions?.Any(condition => condition.Type == type && condition.Status == "True") == true;
}
