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

        SummaryMarkdown.Of(SampleRun.Run([SampleRun.Passed(SampleRun.Promotion), failed, SampleRun.Skipped(SampleRun.Query)]), SummaryPlace.Folder).Should().Be(
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

            Evidence: [on the page](index.html#BG-06), [objects.yaml](BG-06/objects.yaml), [events.txt](BG-06/events.txt), [history.txt](BG-06/history.txt), [history.jsonl](BG-06/history.jsonl), [traffic.csv](BG-06/traffic.csv), [workloads.log](BG-06/workloads.log), [controllers.log](BG-06/controllers.log)

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
        SummaryMarkdown.Of(SampleRun.Repeated, SummaryPlace.Folder).Should()
            .Contain("# Argo conformance: Failed: 1 of 1 scenarios, 3 times each")
            .And.Contain("### BG-05 Promote-Full switches the active host once (passed 2 of 3)")
            .And.Contain("| BG-05 failed (passed 2 of 3) |");

    [Fact]
    public void A_row_of_a_chapter_that_ended_before_it_says_so() =>
        SummaryMarkdown.Of(SampleRun.Run([SampleRun.Chapter]), SummaryPlace.Folder).Should()
            .Contain("| R5 | ✅ passed | A new application is OutOfSync, and nothing is deployed before Sync | BG-00 |")
            .And.Contain("| R6 | ❌ failed | Sync deploys blue: Synced, Healthy, both hosts answer blue | BG-00 failed |")
            .And.Contain("| R7 | ⏭️ not reached | A pushed tag makes the application OutOfSync and leaves the pods alone | BG-00 not reached |")
            .And.Contain("Evidence: [on the page](index.html#BG-00)\n");

    [Fact]
    public void On_the_page_of_a_job_the_evidence_is_told_by_its_path_in_the_artifact()
    {
        var environment = new Dictionary<string, string> { ["GITHUB_SERVER_URL"] = "https://github.example.com", ["GITHUB_REPOSITORY"] = "some/where", ["GITHUB_RUN_ID"] = "12" };

        SummaryMarkdown.Of(SampleRun.Mixed, SummaryPlace.Job(environment.GetValueOrDefault)).Should().Contain(
            "Evidence: `20260101-120000/index.html#BG-06` and `20260101-120000/BG-06/` (`history.txt`, `events.txt`, `controllers.log` …), "
            + "in an [artifact of this run](https://github.example.com/some/where/actions/runs/12#artifacts)\n");
        SummaryMarkdown.Of(SampleRun.Mixed, SummaryPlace.Job(_ => null)).Should().Contain("…), below `artifacts/`\n");
    }

    [Fact]
    public void A_run_that_failed_as_a_whole_says_why() =>
        SummaryMarkdown.Of(SampleRun.Run([], "the cluster did not start: port 6443 is taken") with { Cluster = null }, SummaryPlace.Folder).Should()
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
