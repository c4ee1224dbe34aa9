using k8s.Models;
using Kubernetes.Controllers.Jobs;

namespace Kubernetes.Tests.Controllers.Jobs;

public sealed class JobPlanTests
{
    [Fact]
    public void A_new_job_creates_as_many_pods_as_may_run_at_once()
    {
        Plan(Job(completions: 5, parallelism: 2)).Create.Should().Be(2);
        Plan(Job(completions: 1, parallelism: 9)).Create.Should().Be(1);
    }

    [Fact]
    public void A_failed_pod_is_replaced_after_a_growing_pause()
    {
        Plan(Job(), Failed("a", secondsAgo: 4)).Should().Match<JobPlan>(plan => plan.Create == 0 && plan.LookAgainAt == Objects.Now.AddSeconds(6));
        Plan(Job(), Failed("a", secondsAgo: 11)).Create.Should().Be(1);
        Plan(Job(), Failed("a", secondsAgo: 90), Failed("b", secondsAgo: 11)).Create.Should().Be(0, "the second pause is 20 s");
    }

    [Fact]
    public void More_failures_than_the_limit_fail_the_job_once_its_pods_have_ended()
    {
        var job = Job(backoffLimit: 0);

        Types(Plan(job, Failed("a", 1), Objects.Pod("b"))).Should().Equal("FailureTarget");
        Plan(job, Failed("a", 1), Objects.Pod("b")).Delete.Select(pod => pod.Metadata.Name).Should().Equal("b");
        Types(Plan(job, Failed("a", 1))).Should().Equal("FailureTarget", "Failed");
        Plan(job, Failed("a", 1)).Conditions[^1].Should().Match<V1JobCondition>(condition => condition.Reason == "BackoffLimitExceeded"
            && condition.Message == "Job has reached the specified backoff limit");
    }

    [Fact]
    public void A_rule_of_the_failure_policy_ends_the_job_or_forgives_the_failure()
    {
        var job = Job(backoffLimit: 0);
        job.Spec.PodFailurePolicy = new V1PodFailurePolicy { Rules = [Rule("Ignore", 42), Rule("FailJob", 43)] };

        Types(Plan(job, Failed("a", 100, exitCode: 42))).Should().BeEmpty();
        Plan(job, Failed("a", 100, exitCode: 43)).Conditions[^1].Should().Match<V1JobCondition>(condition => condition.Reason == "PodFailurePolicy"
            && condition.Message == "Container main for pod shop/a failed with exit code 43 matching FailJob rule at index 1");
    }

    [Fact]
    public void A_success_completes_the_job_and_without_completions_the_others_run_out()
    {
        var workQueue = Job(completions: null, parallelism: 3);

        Types(Plan(Job(), Objects.Pod("a", phase: "Succeeded", ready: false, exitCode: 0))).Should().Equal("SuccessCriteriaMet", "Complete");
        Plan(workQueue, Objects.Pod("a", phase: "Succeeded"), Objects.Pod("b")).Should().Match<JobPlan>(plan => plan.Create == 0 && plan.Conditions.Count == 0);
    }

    [Fact]
    public void A_suspended_job_gives_up_its_pods()
    {
        var job = Job();
        job.Spec.Suspend = true;

        var plan = Plan(job, Objects.Pod("a"));

        plan.Delete.Should().ContainSingle();
        Types(plan).Should().Equal("Suspended");
    }

    private static JobPlan Plan(V1Job job, params V1Pod[] pods) => JobPlan.For(job, new JobPods(job, pods, holds: _ => true), Objects.Now.AddSeconds(-200), Objects.Now);

    private static IEnumerable<string> Types(JobPlan plan) => plan.Conditions.Select(condition => condition.Type);

    private static V1Pod Failed(string name, int secondsAgo, int exitCode = 1) => Objects.Pod(name, phase: "Failed", ready: false, ageSeconds: secondsAgo, exitCode: exitCode);

    private static V1PodFailurePolicyRule Rule(string action, int code)
        => new() { Action = action, OnExitCodes = new V1PodFailurePolicyOnExitCodesRequirement { OperatorProperty = "In", Values = [code] } };

    private static V1Job Job(int? completions = 1, int parallelism = 1, int backoffLimit = 6) => new()
    {
        Metadata = new V1ObjectMeta { Name = "job", NamespaceProperty = "shop", Uid = "job" },
        Spec = new V1JobSpec
        {
            Completions = completions,
            Parallelism = parallelism,
            BackoffLimit = backoffLimit,
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } },
        },
    };
}
