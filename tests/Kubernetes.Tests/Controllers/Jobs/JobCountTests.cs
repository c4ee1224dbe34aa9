using k8s.Models;
using Kubernetes.Controllers.Jobs;

namespace Kubernetes.Tests.Controllers.Jobs;

public sealed class JobCountTests
{
    [Fact]
    public void A_pod_is_entered_let_go_and_counted_once()
    {
        var ledger = JobLedger.Of(null).Enter(["a"], ["b"]).Enter(["a"], []);

        ledger.Should().Match<JobLedger>(entered => entered.Succeeded == 0 && entered.SucceededInAll == 1 && entered.FailedInAll == 1 && !entered.IsSettled);
        ledger.Settle(uid => uid == "b").Should().Match<JobLedger>(half => half.Succeeded == 1 && half.Failed == 0 && half.UncountedFailed.Single() == "b");
        ledger.Settle(_ => false).Should().Match<JobLedger>(done => done.Succeeded == 1 && done.Failed == 1 && done.IsSettled);
    }

    [Fact]
    public void What_the_status_has_entered_is_not_entered_again()
    {
        var job = Job();
        job.Status = new V1JobStatus { Failed = 2, UncountedTerminatedPods = new V1UncountedTerminatedPods { Failed = ["a"] } };

        var pods = Pods(job, Failed("a"), Failed("b"), Objects.Pod("c"));
        var count = JobCount.Of(pods, ends: false);

        pods.Failed.Should().Be(4);
        count.Failed.Should().Equal("b");
        count.Release.Select(pod => pod.Metadata.Name).Should().Equal("a", "b");
    }

    [Fact]
    public void When_the_end_is_decided_every_pod_is_let_go_and_counts_as_failed_unless_it_succeeded()
    {
        var count = JobCount.Of(Pods(Job(), Objects.Pod("a"), Objects.Pod("b", phase: "Succeeded")), ends: true);

        count.Failed.Should().Equal("a");
        count.Succeeded.Should().Equal("b");
        count.Release.Should().HaveCount(2);
    }

    [Theory, InlineData("TerminatingOrFailed", 1, 1), InlineData("Failed", 0, 0)]
    public void A_pod_that_is_being_deleted_fails_and_is_replaced_at_once_or_when_it_has_ended(string policy, int failed, int created)
    {
        var job = Job();
        job.Spec.PodReplacementPolicy = policy;
        var pod = Objects.Pod("a");
        pod.Metadata.DeletionTimestamp = Objects.Now.AddSeconds(-20);
        pod.Metadata.DeletionGracePeriodSeconds = 0;

        var pods = Pods(job, pod);

        pods.Failed.Should().Be(failed);
        JobPlan.For(job, pods, Objects.Now.AddSeconds(-100), Objects.Now).Create.Should().Be(created);
    }

    [Fact]
    public void Each_index_waits_by_itself_and_its_last_pod_stays_until_there_is_another()
    {
        var job = Job();
        job.Spec.CompletionMode = "Indexed";
        job.Spec.Completions = 3;
        job.Spec.Parallelism = 3;
        job.Spec.BackoffLimitPerIndex = 2;
        var pods = Pods(job, Indexed(0, failures: 0, secondsAgo: 12), Indexed(1, failures: 1, secondsAgo: 12), Indexed(2, failures: 2, secondsAgo: 12));

        pods.FailedIndexes.Should().Equal(2);
        JobCount.Of(pods, ends: false).Failed.Should().Equal("2");
        JobPlan.For(job, pods, Objects.Now.AddSeconds(-100), Objects.Now).Should().Match<JobPlan>(
            plan => plan.Indexes.Single() == 0 && plan.LookAgainAt == Objects.Now.AddSeconds(8), "the second pause of an index is 20 s");
        IndexFailures.Give(job, new V1Pod { Metadata = new V1ObjectMeta() }, pods.Waiting[1]).Metadata.Annotations.Should().ContainKey(IndexFailures.Count).WhoseValue.Should().Be("2");
    }

    private static JobPods Pods(V1Job job, params V1Pod[] pods) => new(job, pods, holds: _ => true);

    private static V1Pod Failed(string name, int secondsAgo = 100) => Objects.Pod(name, phase: "Failed", ready: false, ageSeconds: secondsAgo, exitCode: 1);

    private static V1Pod Indexed(int index, int failures, int secondsAgo)
    {
        var pod = Failed($"{index}", secondsAgo);
        pod.Metadata.Annotations = new Dictionary<string, string> { [CompletionIndexes.Key] = $"{index}", [IndexFailures.Count] = $"{failures}" };
        return pod;
    }

    private static V1Job Job() => new()
    {
        Metadata = new V1ObjectMeta { Name = "job", NamespaceProperty = "shop", Uid = "job" },
        Spec = new V1JobSpec
        {
            Completions = 1,
            Parallelism = 1,
            BackoffLimit = 6,
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } },
        },
    };
}
