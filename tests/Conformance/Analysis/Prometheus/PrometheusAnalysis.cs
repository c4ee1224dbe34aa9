using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using static Conformance.Language.Duration;

namespace Conformance.Analysis.Prometheus;

/// <summary>R20: PromQL over the ingress' metrics decides while the canary takes its steps.</summary>
public sealed class PrometheusAnalysis(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "PRO-01",
        "Syncs green and presses nothing more: the success rate is measured from real traffic all along, and the canary takes its three weights.",
        Rows = ["R20"],
        Catches = ["a background analysis that never ends, or ends before the last step", "a measurement without its value"])]
    public Task A_good_success_rate_lets_the_canary_take_all_its_steps() => PlayAsync(
        PrometheusStory.Path,
        async reader =>
        {
            await reader.DeploysBlue();
            await reader.SeesTheRateOfRequests();
            await reader.Syncs("green", instead: "blue");
            await reader.Sees(reader.Stage.AnalysisRun(), Has.Measured("[1]"), within: Seconds(120));
            await reader.SeesAllStepsDone("green");
            await reader.Sees(reader.Application, Is.SyncedTo(reader.Commit).And(Is.HealthyApplication), within: Seconds(30));
        },
        Capability.Prometheus);

    [Scenario(
        "PRO-02",
        "Syncs a version that answers mostly errors: they reach Prometheus through the ingress, the run fails, and all traffic is blue again.",
        Refuses = ["R20"],
        Pods = 5,
        IsLong = true,
        Catches = ["RO-13: an analysis that is Successful whatever is measured", "an abort that leaves pods of the failed version with traffic"])]
    public Task A_high_error_ratio_takes_the_canary_back() => PlayAsync(
        PrometheusStory.Path,
        async reader =>
        {
            await reader.PushesTheEdit("pauses of five minutes", PrometheusStory.WithLongPauses);
            await reader.DeploysBlue();
            await reader.SeesTheRateOfRequests();
            await reader.Syncs("bad-green", instead: "blue");
            await reader.SeesTheRollback("bad-green", "blue", revision: 2);
        },
        Capability.Prometheus);

    [Scenario(
        "PRO-03",
        "Misspells the query: Prometheus says where, the run is an Error with its words, and all traffic is blue again.",
        Refuses = ["R20"],
        Pods = 5,
        Catches = ["a query that cannot be read and counts as a success, or blocks the rollout"])]
    public Task A_query_with_a_syntax_error_takes_the_canary_back() => PlayAsync(
        PrometheusStory.Path,
        async reader =>
        {
            await reader.PushesTheEdit(
                "a query with two divisions in a row, and no error to be forgiven",
                manifest => manifest.Replace("            /\n", "            / /\n").Replace("failureLimit: 3\n", "failureLimit: 3\n      consecutiveErrorLimit: 0\n"),
                PrometheusStory.Template);
            await reader.DeploysBlue();
            await reader.Syncs("green", instead: "blue");
            await reader.SeesTheRollback("green", "blue", revision: 2, phase: "Error", PrometheusStory.SyntaxError);
        },
        Capability.Prometheus);
}
