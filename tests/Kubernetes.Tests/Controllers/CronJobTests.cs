using Controllers.Runtime.Client;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Controllers;

/// <summary>CronJobs over the real API server, made by kubectl.</summary>
public sealed class CronJobTests(TestCluster cluster)
{
    [Fact]
    public async Task A_cron_job_starts_jobs_at_its_times_and_remembers_their_success()
    {
        var ns = await cluster.NamespaceAsync();
        (await cluster.KubectlAsync(ns, "create", "cronjob", "tick", "--image=alpine:3.8", "--schedule=@every 20s", "--", "sh", "-c", "exit 0"))
            .Should().Contain("cronjob.batch/tick created");

        var cronJob = await cluster.EventuallyAsync(Resources.CronJobs, ns, "tick", found => found?.Status?.LastSuccessfulTime is not null);
        cronJob.Metadata.Generation.Should().Be(1);
        cronJob.Status.LastScheduleTime.Should().NotBeNull();
        var job = (await cluster.EventuallyAllAsync(Resources.Jobs, ns, jobs => jobs.Count > 0))[0];
        job.Metadata.Name.Should().MatchRegex(@"^tick-\d{8}$");
        job.Metadata.Annotations.Should().ContainKey("batch.kubernetes.io/cronjob-scheduled-timestamp");
        job.Metadata.OwnerReferences.Should().ContainSingle(owner => owner.Kind == "CronJob" && owner.Controller == true);

        (await cluster.KubectlAsync(ns, "get", "cj")).Should().MatchRegex(@"NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE +AGE\s+tick +@every 20s +<none> +False +\d");
        (await cluster.KubectlAsync(ns, "describe", "cj", "tick")).Should().Contain("Concurrency Policy:").And.Contain("SuccessfulCreate");
        (await cluster.KubectlAsync(ns, "create", "job", "by-hand", "--from=cronjob/tick")).Should().Contain("created");
        await cluster.EventuallyAsync(Resources.Jobs, ns, "by-hand", found => found?.Status?.Succeeded == 1);
        (await cluster.KubectlAsync(ns, "delete", "cj", "tick")).Should().Contain("deleted");
        await cluster.EventuallyAllAsync(Resources.Jobs, ns, jobs => jobs.Count == 0);
    }
}
