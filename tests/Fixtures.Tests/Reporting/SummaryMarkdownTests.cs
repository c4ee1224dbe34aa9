using Fixtures.Reporting;

namespace Fixtures.Tests.Reporting;

public sealed class SummaryMarkdownTests
{
    [Fact]
    public void It_is_the_verdict_the_failures_with_their_first_difference_and_the_rows()
    {
        var message = "Rollout 'handson' did not become Healthy within 60 s.\n  expected  .status.phase Healthy\n  observed  .status.phase Paused\n"
            + "  differs   .status.phase   Healthy  <>  Paused\n            .status.message\n  look      artifacts/1/BG-06/";
        var failed = SampleRun.Failed(SampleRun.Deletion) with { Failure = message };

        SummaryMarkdown.Of(SampleRun.Run([SampleRun.Passed(SampleRun.Promotion), failed, SampleRun.Skipped(SampleRun.Query)])).Should().Be(
            """
            # Argo conformance: Failed: 1 of 3 scenarios

            embedded: Argo Rollouts v1.9.1, Argo CD v3.5.1 · 7.5s wall · clock ×10 · seed 4711

            ## Failures

            ### BG-06 Deleting leaves &lt;nothing>

            At step 2: nothing is left

            ````text
            Rollout 'handson' did not become Healthy within 60 s.
              expected  .status.phase Healthy
              observed  .status.phase Paused
              differs   .status.phase   Healthy  <>  Paused
            ````

            Again: `dotnet run --project tests/Conformance -- --filter BG-06`

            ## Rows

            | row | verdict | promise | scenarios |
            |---|---|---|---|
            | R10 | ✅ passed | Promote-Full switches at once; blue is scaled down after its delay; Healthy | BG-05 |
            | R11 | ❌ failed | Deleting the application leaves nothing of it | BG-06 failed |
            | R20 | ⏭️ skipped | Prometheus analysis: a query over the ingress decides | AP-01 skipped |

            ## Skipped

            - AP-01 A query decides: no Prometheus on this machine

            """);
    }

    [Fact]
    public void Repetitions_are_told_with_how_many_passed() =>
        SummaryMarkdown.Of(SampleRun.Repeated).Should()
            .Contain("# Argo conformance: Failed: 1 of 1 scenarios, 3 times each")
            .And.Contain("### BG-05 Promote-Full switches the active host once (passed 2 of 3)")
            .And.Contain("| BG-05 failed (passed 2 of 3) |");

    [Fact]
    public void A_run_that_failed_as_a_whole_says_why() =>
        SummaryMarkdown.Of(SampleRun.Run([], "the cluster did not start: port 6443 is taken") with { Cluster = null }).Should()
            .Contain("Failed: nothing ran").And.Contain("no cluster · 7.5s wall").And.Contain("the cluster did not start: port 6443 is taken");

    [Fact]
    public async Task It_lies_beside_the_results_and_is_appended_to_the_summary_of_the_job()
    {
        var folder = Directory.CreateTempSubdirectory("summary-").FullName;
        try
        {
            var job = Path.Combine(folder, "job.md");
            await File.WriteAllTextAsync(job, "before\n", TestContext.Current.CancellationToken);

            await RunReports.WriteAsync(Path.Combine(folder, "run"), SampleRun.Green, job);

            var summary = await File.ReadAllTextAsync(Path.Combine(folder, "run", "summary.md"), TestContext.Current.CancellationToken);
            summary.Should().StartWith("# Argo conformance: Passed: the one scenario\n").And.NotContain("## Failures");
            (await File.ReadAllTextAsync(job, TestContext.Current.CancellationToken)).Should().Be("before\n" + summary);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
