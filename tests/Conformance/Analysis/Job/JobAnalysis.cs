using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Analysis.Job;

/// <summary>R16 and R17: a Job decides after the promotion.</summary>
public sealed class JobAnalysis(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "analysis/job";
    private const string Template = "analysistemplate.yaml";
    private const string Forgiving = "failureLimit: 1";
    private const string Strict = "failureLimit: 0";

    [Scenario(
        "JOB-01",
        "Syncs green and presses nothing more: the AnalysisRun's Job completes, and green stays.",
        Rows = ["R16"],
        Catches = ["RO-13: an analysis that is Successful without its Job", "RO-08: a promotion that waits for a person although nothing tells it to"])]
    public Task A_Job_that_completes_lets_the_promotion_stand() => PlayAsync(Path, async reader =>
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        await reader.SyncsGreen();
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Successful"), within: Seconds(120));
        await reader.Sees(reader.Stage.Job(), Is.Job("Complete"), within: Seconds(10));
        await reader.SeesGreenStay();
        await reader.FindsOneSwitch(reader.Active, "blue", "green", from: deployed);
    });

    [Scenario(
        "JOB-02",
        "Lets the Job exit with 1 and forgives no failure: the run is Failed, the Rollout aborted, and the active host blue again.",
        Rows = ["R17"],
        Pods = 4,
        Catches = ["RO-13: an analysis that is Successful when its Job failed", "an abort that leaves the active service on the failed version"])]
    public Task A_Job_that_fails_takes_the_promotion_back() => PlayAsync(Path, async reader =>
    {
        await reader.PushesTheEdit(
            "a Job that exits with 1, and no failure to be forgiven", manifest => manifest.Replace("exit 0", "exit 1").Replace(Forgiving, Strict), Template);
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        const string reason = "Metric \"job-analysis\" assessed Failed due to failed (1) > failureLimit (0)";
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Failed", reason), within: Seconds(120));
        await reader.Sees(reader.Stage.Job(), Is.Job("Failed"), within: Seconds(10));
        await reader.SeesTheRollback(reason);
    });

    [Scenario(
        "JOB-03",
        "Lets the Job exit with 1 under the chapter's own failureLimit of 1: one failure is not more than one, so the promotion stands.",
        Rows = ["R16"],
        Pods = 4,
        Catches = ["a failureLimit that is taken for the number of failures that fail"])]
    public Task A_failure_within_the_limit_is_forgiven() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes("a Job that exits with 1", Template, "exit 0", "exit 1");
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        await reader.Sees(reader.Stage.Job(), Is.Job("Failed"), within: Seconds(120));
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Successful"), within: Seconds(30));
        await reader.SeesGreenStay();
    });

    [Scenario(
        "JOB-04",
        "Lets the Job use an image that is not in the registry, with a deadline: its pod never starts, the Job fails, and the update is taken back.",
        Refuses = ["R17"],
        Pods = 4,
        Catches = ["a Job that cannot start and blocks the rollout for ever"])]
    public Task A_Job_whose_image_does_not_exist_fails_at_its_deadline() => PlayAsync(Path, async reader =>
    {
        await reader.PushesTheEdit(
            "an image that does not exist, a deadline of 20 s, and no failure to be forgiven",
            manifest => manifest
                .Replace("alpine:3.8", "registry.example.com/nowhere/alpine:3.8")
                .Replace("            backoffLimit: 0\n", "            backoffLimit: 0\n            activeDeadlineSeconds: 20\n")
                .Replace(Forgiving, Strict),
            Template);
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        const string reason = "Metric \"job-analysis\" assessed Failed due to failed (1) > failureLimit (0)";
        await reader.Sees(reader.Stage.JobPod(), Is.WaitingForItsImage, within: Seconds(120));
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Failed", reason), within: Seconds(120));
        await reader.Sees(reader.Stage.Job(), Is.Job("Failed").And(Is.PastItsDeadline), within: Seconds(10));
        await reader.SeesTheRollback(reason);
    });
    [Scenario(
        "JOB-05",
        "Names a template that is not there: no analysis can be made of it, and the Rollout says so instead of starting.",
        Refuses = ["R16"],
        Catches = ["a promotion that is not analysed because the analysis is missing"])]
    public Task An_analysis_without_its_template_is_refused() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes("a template that is not there", "rollout.yaml", "templateName: job-analysis\n", "templateName: nowhere\n");
        await reader.CreatesTheApplication();
        await reader.PressesSync();
        await reader.Sees(
            reader.Rollout,
            Is.Invalid("spec.strategy.blueGreen.postPromotionAnalysis.templates: Invalid value: \"nowhere\": AnalysisTemplate 'nowhere' not found"),
            within: Seconds(60));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.KeepsSeeing(reader.Stage.Pods(), Has.Pods(""), during: Seconds(5));
    });
}
