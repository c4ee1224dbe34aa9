using Conformance.Language;
using Conformance.Running;
using static Conformance.Language.Duration;

namespace Conformance.Analysis.Web;

/// <summary>R18 and R19: an answer of a web server decides after the promotion.</summary>
public sealed class WebAnalysis(SuiteRun suite) : Scenario(suite)
{
    private const string Path = "analysis/web";
    private const string Template = "analysistemplate.yaml";

    private static readonly string[] Colour = ["/color\n", "successCondition: result == \"green\"\n"];

    [Scenario(
        "WEB-01",
        "Syncs green and presses nothing more: the preview host answers the JSON string that the condition asks for, and the value is in the run.",
        Rows = ["R18"],
        Catches = ["RO-36: a measurement without its value", "an analysis that asks before the preview is the new version"])]
    public Task A_JSON_answer_that_meets_the_condition_lets_the_promotion_stand() => PlayAsync(Path, async reader =>
    {
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        await reader.Sees(reader.Stage.AnalysisRun(), Has.Measured("\"green\""), within: Seconds(120));
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Successful"), within: Seconds(60));
        await reader.SeesGreenStay();
    });

    [Scenario(
        "WEB-02",
        "Asks for a colour that is not answered: four measurements fail with the value in them, the limit is exceeded, and the update is taken back.",
        Refuses = ["R18"],
        Pods = 4,
        Catches = ["RO-13: an analysis that is Successful whatever is answered", "a limit that is counted wrongly"])]
    public Task A_wrong_value_takes_the_promotion_back() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes("a condition that is not met", Template, "result == \"green\"", "result == \"yellow\"");
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        const string reason = "Metric \"web-analysis\" assessed Failed due to failed (4) > failureLimit (3)";
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Failed", reason).And(Has.Measured("\"green\"")), within: Seconds(120));
        await reader.SeesTheRollback(reason);
    });

    [Scenario(
        "WEB-03",
        "Asks for the demo's page, which is no JSON: its status 200 is all that counts, and its text is the value.",
        Rows = ["R19"],
        Pods = 4,
        Catches = ["an answer that is refused because it is no JSON"])]
    public Task An_answer_that_is_no_JSON_counts_by_its_status() => PlayAsync(Path, async reader =>
    {
        await reader.PushesTheEdit("the page instead of the colour", manifest => manifest.Replace(Colour[0], "/\n").Replace($"      {Colour[1]}", ""), Template);
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Successful").And(Has.MeasuredText("<html")), within: Seconds(120));
        await reader.SeesGreenStay();
    });

    [Scenario(
        "WEB-04",
        "Tells the demo to answer 500 every time: each measurement is an Error with the status in its message, and after five of them the update is taken back.",
        Refuses = ["R19"],
        Pods = 4,
        IsLong = true,
        Catches = ["an error that counts as a success", "a consecutiveErrorLimit that is not four"])]
    public Task A_status_500_is_an_Error_and_takes_the_promotion_back() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes(
            "a request that the demo answers with 500",
            Template,
            "          timeoutSeconds: 10\n",
            "          timeoutSeconds: 10\n          method: POST\n          body: '[{\"color\":\"green\",\"return500\":100}]'\n");
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        const string said = "received non 2xx response code: 500";
        const string reason = $"Metric \"web-analysis\" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): \"Error Message: {said}\"";
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Error", reason).And(Has.MeasurementMessage(said)), within: Seconds(180));
        await reader.SeesTheRollback(reason);
    });

    [Scenario(
        "WEB-05",
        "Asks a host that does not exist: the run says which one, and the update is taken back.",
        Refuses = ["R19"],
        Pods = 4,
        Catches = ["a host that does not resolve and counts as a success, or blocks the rollout"])]
    public Task A_host_that_does_not_resolve_is_an_Error() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes("a host that does not exist", Template, $"http://{reader.Stage.Names.PreviewHost}/", "http://nowhere.web-05.svc.cluster.local/");
        await reader.DeploysBlue();
        await reader.SyncsGreen();
        var seen = await reader.Sees(
            reader.Stage.AnalysisRun(),
            Is.Analysis("Error").And(Has.UnresolvedHost("http://nowhere.web-05.svc.cluster.local/color", "nowhere.web-05.svc.cluster.local")),
            within: Seconds(180));
        var reason = $"Metric \"web-analysis\" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): \"Error Message: {seen!["latest"]!["message"]}\"";
        await reader.SeesTheRollback(reason);
    });

    [Scenario(
        "WEB-06",
        "Leaves the count out of a metric with an interval: such an analysis would never end, and the Rollout says so instead of starting.",
        Refuses = ["R19"],
        Catches = ["a promotion that waits for ever for an analysis without an end"])]
    public Task A_metric_without_an_end_is_refused() => PlayAsync(Path, async reader =>
    {
        await reader.Pushes("measurements without end", Template, "      count: 4\n", "");
        await reader.CreatesTheApplication();
        await reader.PressesSync();
        await reader.Sees(reader.Rollout, Is.RunsIndefinitely("web-analysis"), within: Seconds(60));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
    });
}
