using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>Jobs count each pod once, whatever happens to it, and hold none for longer than that.</summary>
public sealed class JobTrackingTests(TestCluster cluster)
{
    private const string Finalizer = "batch.kubernetes.io/job-tracking";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finished_pod_is_counted_let_go_and_may_then_be_deleted_by_hand()
    {
        var folder = Directory.CreateTempSubdirectory("job-tracking-").FullName;
        try
        {
            var ns = await cluster.NamespaceAsync();
            await cluster.ApplyAsync(Yaml.Job(ns, "two", $"mkdir {folder}/first && exit 0; while [ ! -e {folder}/go ]; do sleep 0.05; done", "completions: 2\n  backoffLimit: 0"));
            await cluster.EventuallyAsync(Resources.Jobs, ns, "two", job => job?.Status?.Succeeded == 1);
            var finished = (await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Succeeded" && !IsHeld(pod))))
                .Single(pod => pod.Status?.Phase == "Succeeded");
            await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Metadata.Name != finished.Metadata.Name && IsHeld(pod)));

            await cluster.Client.DeleteAsync(Resources.Pods, ns, finished.Metadata.Name, cancel: Cancel);
            await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.All(pod => pod.Metadata.Name != finished.Metadata.Name));
            await File.WriteAllTextAsync(Path.Combine(folder, "go"), "", Cancel);

            var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "two", job => Has(job, "Complete"));
            job.Status.Succeeded.Should().Be(2);
            job.Status.Failed.Should().BeNull();
            job.Status.UncountedTerminatedPods.Should().BeEquivalentTo(new V1UncountedTerminatedPods());
            await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 1 && !IsHeld(pods[0]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_running_pod_deleted_by_hand_counts_as_a_failure()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "one", "sleep 1000", "backoffLimit: 0"));
        var pod = (await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Running"))).Single();

        await cluster.Client.DeleteAsync(Resources.Pods, ns, pod.Metadata.Name, cancel: Cancel);

        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "one", job => Has(job, "Failed"));
        job.Status.Failed.Should().Be(1);
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Failed" && condition.Reason == "BackoffLimitExceeded");
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
    }

    [Theory, InlineData("Background"), InlineData("Foreground")]
    public async Task A_deleted_job_lets_its_running_pods_go(string propagation)
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "gone", "sleep 1000"));
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Running" && IsHeld(pod)));

        await cluster.Client.DeleteAsync(Resources.Jobs, ns, "gone", new V1DeleteOptions { PropagationPolicy = propagation }, cancel: Cancel);

        await cluster.EventuallyAsync(Resources.Jobs, ns, "gone", job => job is null);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
    }

    [Fact]
    public async Task Pods_of_a_job_deleted_without_them_are_held_no_longer()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "parent", "sleep 1000"));
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Running" && IsHeld(pod)));

        await cluster.Client.DeleteAsync(Resources.Jobs, ns, "parent", DeletePropagation.Orphan, cancel: Cancel);

        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 1 && !IsHeld(pods[0]) && pods[0].Metadata.OwnerReferences is null or { Count: 0 });
    }

    [Fact]
    public async Task A_namespace_with_a_running_job_can_be_deleted()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "busy", "sleep 1000", "parallelism: 2\n  completions: 2"));
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count(pod => pod.Status?.Phase == "Running") == 2);

        await cluster.Client.DeleteAsync(Resources.Namespaces, null, ns, cancel: Cancel);

        await cluster.EventuallyAsync(Resources.Namespaces, null, ns, found => found is null);
    }

    [Fact]
    public async Task A_suspended_job_gives_up_its_pods_uncounted_and_goes_on_when_resumed()
    {
        var ns = await cluster.NamespaceAsync();
        await cluster.ApplyAsync(Yaml.Job(ns, "pausing", "sleep 1000", "backoffLimit: 0"));
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Running"));

        await SuspendAsync(ns, true);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Count == 0);
        var job = await cluster.EventuallyAsync(Resources.Jobs, ns, "pausing", job => Has(job, "Suspended") && (job!.Status.Terminating ?? 0) == 0);
        job.Status.Failed.Should().BeNull();
        job.Status.StartTime.Should().BeNull();

        await SuspendAsync(ns, false);
        await cluster.EventuallyAllAsync(Resources.Pods, ns, pods => pods.Any(pod => pod.Status?.Phase == "Running"));
        job = await cluster.EventuallyAsync(Resources.Jobs, ns, "pausing", job => job?.Status?.Active == 1 && !Has(job, "Suspended"));
        job.Status.Conditions.Should().Contain(condition => condition.Type == "Suspended" && condition.Reason == "JobResumed" && condition.Message == "Job resumed");
    }

    private Task SuspendAsync(string ns, bool suspend)
        => cluster.Client.PatchAsync(Resources.Jobs, ns, "pausing", Patch.Merge(new System.Text.Json.Nodes.JsonObject { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["suspend"] = suspend } }));

    private static bool IsHeld(V1Pod pod) => pod.Metadata.Finalizers?.Contains(Finalizer) == true;

    private static bool Has(V1Job? job, string type) => job?.Status?.Conditions?.Any(condition => condition.Type == type && condition.Status == "True") == true;
}
