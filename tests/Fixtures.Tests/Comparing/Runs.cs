using Fixtures.Comparing;

namespace Fixtures.Tests.Comparing;

/// <summary>Small runs to compare.</summary>
internal static class Runs
{
    /// <summary>A run on a version of Rollouts, with scenarios that all stand for R10.</summary>
    public static Results On(string rollouts, params ResultsScenario[] scenarios) => new(
        new("one", null, "embedded", new Dictionary<string, string> { ["Argo Rollouts"] = rollouts }, 20),
        new Dictionary<string, ResultsRow>
        {
            ["R10"] = new(
                scenarios.Length == 0 ? "not covered" : scenarios.Any(one => one.Verdict == "failed") ? "failed" : scenarios.All(one => one.Verdict == "skipped") ? "skipped" : "passed",
                "Promote-Full switches at once",
                [.. scenarios.Select(one => one.Id).Distinct()]),
        },
        scenarios);

    public static ResultsScenario Passed(string id, double seconds = 10) => new(id, "A promise", "passed", null, null, new(100, seconds));

    public static ResultsScenario Failed(string id, string failure = "Host 'a' did not become green within 30 s.\n  expected") => new(id, "A promise", "failed", failure, null, new(0, 600));

    public static ResultsScenario Skipped(string id) => new(id, "A promise", "skipped", null, "there is no Prometheus", new(0, 0));
}
