using Conformance.Language;
using Conformance.Running;
using Fixtures.Clusters;
using static Conformance.Language.Duration;

namespace Conformance.Analysis.Prometheus;

/// <summary>R22: what the chapter opens with, as a whole.</summary>
public sealed class Loop(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "LOOP-01",
        "Lets Argo CD sync by itself and does nothing but push: a good version goes through all steps, a bad one is taken back. Only the wait for the second poll is cut short by REFRESH.",
        Rows = ["R22", "R20"],
        Refuses = ["R22"],
        IsLong = true,
        Catches = ["anything that waits for a hand between a push and its end", "an automated sync that undoes an abort, or an abort that blocks the next push"])]
    public Task A_push_ends_in_a_new_version_or_in_the_old_one_without_a_hand() => PlayAsync(
        PrometheusStory.Path,
        async reader =>
        {
            await reader.DeploysBlue(automated: true);
            await reader.SeesTheRateOfRequests();
            await reader.Pushes("green", instead: "blue");
            await reader.Sees(reader.Stage.ReplicaSets(), Has.Some("green"), within: Seconds(300));
            await reader.SeesAllStepsDone("green");

            await reader.PushesTheEdit(
                "a bad version, and pauses of five minutes",
                manifest => PrometheusStory.WithLongPauses(manifest.Replace("rollouts-demo:green", "rollouts-demo:bad-yellow")));
            await reader.PressesRefresh();
            await reader.Sees(reader.Stage.ReplicaSets(), Has.Some("bad-yellow"), within: Seconds(300));
            await reader.SeesTheRollback("bad-yellow", "green", revision: 3);
        },
        Capability.Prometheus);
}
