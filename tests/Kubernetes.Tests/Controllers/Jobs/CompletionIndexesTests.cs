using k8s.Models;
using Kubernetes.Controllers.Jobs;

namespace Kubernetes.Tests.Controllers.Jobs;

public sealed class CompletionIndexesTests
{
    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 3 }, "3")]
    [InlineData(new[] { 0, 1 }, "0,1")]
    [InlineData(new[] { 0, 1, 2, 5, 7, 8 }, "0-2,5,7,8")]
    public void Indexes_are_written_as_upstream_writes_them(int[] indexes, string text)
    {
        CompletionIndexes.Format(indexes).Should().Be(text);
        CompletionIndexes.Parse(text).Should().Equal(indexes);
    }

    [Fact]
    public void What_was_done_counts_even_when_its_pod_is_gone_and_twice_counts_once()
    {
        var job = Job(4);
        job.Status = new V1JobStatus { CompletedIndexes = "0,9" };

        var pods = new JobPods(job, [Pod("a", 2, "Succeeded"), Pod("b", 2, "Succeeded"), Pod("c", 1, "Running"), Pod("d", 3, "Failed")]);

        pods.CompletedIndexes.Should().Equal(0, 2);
        pods.Succeeded.Should().Be(2);
        CompletionIndexes.Missing(job, pods.TakenIndexes, 5).Should().Equal(3);
    }

    [Fact]
    public void A_job_is_complete_when_each_index_has_a_success()
    {
        var job = Job(2);

        Plan(job, Pod("a", 0, "Succeeded"), Pod("b", 0, "Succeeded")).Should().Match<JobPlan>(plan => !plan.Completes && plan.Create == 1);
        Plan(job, Pod("a", 0, "Succeeded"), Pod("b", 1, "Succeeded")).Completes.Should().BeTrue();
    }

    private static JobPlan Plan(V1Job job, params V1Pod[] pods) => JobPlan.For(job, new JobPods(job, pods), Objects.Now.AddSeconds(-200), Objects.Now);

    private static V1Pod Pod(string name, int index, string phase)
    {
        var pod = Objects.Pod(name, phase: phase, ready: false, exitCode: phase == "Succeeded" ? 0 : 1);
        pod.Metadata.Annotations = new Dictionary<string, string> { [CompletionIndexes.Key] = $"{index}" };
        return pod;
    }

    private static V1Job Job(int completions) => new()
    {
        Metadata = new V1ObjectMeta { Name = "j", NamespaceProperty = "shop" },
        Spec = new V1JobSpec
        {
            Completions = completions, Parallelism = completions, CompletionMode = "Indexed",
            Template = new V1PodTemplateSpec { Spec = new V1PodSpec { RestartPolicy = "Never" } },
        },
    };
}
