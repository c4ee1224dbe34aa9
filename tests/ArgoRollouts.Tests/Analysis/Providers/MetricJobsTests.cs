using ArgoRollouts.Analysis.Providers.Jobs;
using ArgoRollouts.Models;
using Controllers.Runtime;
using k8s.Models;

namespace ArgoRollouts.Tests.Analysis.Providers;

/// <summary>Facts of upstream's job_test.go.</summary>
public sealed class MetricJobsTests
{
    private const string Uid = "34e4d823-4ba9-4afe-8775-6384561d7ef3";

    [Fact]
    public void A_job_belongs_to_its_run()
    {
        var job = MetricJobs.Create(Run(), Metric("check"));
        job.Metadata.Name.Should().Be($"{Uid}.check.1");
        job.Metadata.NamespaceProperty.Should().Be("shop");
        job.Metadata.Labels.Should().Equal(new Dictionary<string, string> { ["team"] = "blue", ["analysisrun.argoproj.io/uid"] = Uid });
        job.Metadata.Annotations.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["note"] = "n",
            ["analysisrun.argoproj.io/name"] = "run",
            ["analysisrun.argoproj.io/namespace"] = "shop",
            ["analysisrun.argoproj.io/metric-name"] = "check",
        });
        job.Metadata.OwnerReferences.Should().ContainSingle().Which.Should().BeEquivalentTo(new V1OwnerReference
        {
            ApiVersion = "argoproj.io/v1alpha1",
            Kind = "AnalysisRun",
            Name = "run",
            Uid = Uid,
            Controller = true,
            BlockOwnerDeletion = true,
        });
        job.Spec.BackoffLimit.Should().Be(0);
        MetricJobs.RunOf(job).Should().Be(new NamespacedName("shop", "run"));
    }

    [Fact]
    public void In_another_namespace_a_job_has_no_owner_and_is_found_by_its_annotations()
    {
        var job = MetricJobs.Create(Run(), Metric("check"), "jobs");
        job.Metadata.NamespaceProperty.Should().Be("jobs");
        job.Metadata.OwnerReferences.Should().BeNull();
        MetricJobs.RunOf(job).Should().Be(new NamespacedName("shop", "run"));
    }

    [Fact]
    public void Other_jobs_belong_to_no_run()
    {
        MetricJobs.RunOf(new() { Metadata = new() { Name = "cron", NamespaceProperty = "x" } }).Should().BeNull();
        MetricJobs.RunOf(new() { Metadata = new() { OwnerReferences = [new() { Kind = "CronJob", Name = "c", Controller = true }] } }).Should().BeNull();
    }

    [Theory]
    [InlineData("short-job-name", 0, 0, "short-job-name.1")]
    [InlineData("short-job-name", 4, 5, "short-job-name.10")]
    [InlineData("a-metric-name-that-is-longer-than-fits", 0, 0, "a-metric-name-that-is-lo.1")]
    [InlineData("a-metric-name-that-is-longer-than-fits", 99, 0, "a-metric-name-that-is-.100")]
    public void A_name_numbers_the_measurement_and_fits_into_a_label(string metric, int count, int errors, string expected)
    {
        var run = Run();
        run.Status.MetricResults = [new() { Name = metric, Count = count, Error = errors }];
        var name = MetricJobs.Name(run, metric);
        name.Should().Be($"{Uid}.{expected}");
        name.Length.Should().BeLessThanOrEqualTo(63);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("Suspended", null)]
    [InlineData("SuccessCriteriaMet", null)]
    [InlineData("Complete", "Successful")]
    [InlineData("Failed", "Failed")]
    public void A_condition_is_the_phase(string? condition, string? phase)
    {
        var job = new V1Job { Status = new() { Conditions = condition is null ? null : [new() { Type = condition, Status = "True" }] } };
        MetricJobs.Phase(job).Should().Be(phase);
    }

    [Fact]
    public void Of_the_jobs_of_a_run_the_oldest_are_surplus()
    {
        var start = new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
        var jobs = Enumerable.Range(0, 12).Select(i => MetricJobs.Create(Run(), Metric($"m{i}"))).Index().Select(item =>
        {
            item.Item.Metadata.CreationTimestamp = start.AddSeconds(item.Index);
            return item.Item;
        }).Reverse().Append(new V1Job { Metadata = new() { Name = "other", CreationTimestamp = start } }).ToList();
        MetricJobs.Surplus(jobs, Run(), 10).Select(job => job.Metadata.Name).Should().Equal($"{Uid}.m0.1", $"{Uid}.m1.1");
        MetricJobs.Surplus(jobs, Run(), 20).Should().BeEmpty();
    }

    private static AnalysisRun Run() => new() { Metadata = new() { Name = "run", NamespaceProperty = "shop", Uid = Uid } };

    private static Metric Metric(string name) => new()
    {
        Name = name,
        Provider = new()
        {
            Job = new()
            {
                Metadata = new() { Labels = new Dictionary<string, string> { ["team"] = "blue" }, Annotations = new Dictionary<string, string> { ["note"] = "n" } },
                Spec = new() { BackoffLimit = 0, Template = new() },
            },
        },
    };
}
