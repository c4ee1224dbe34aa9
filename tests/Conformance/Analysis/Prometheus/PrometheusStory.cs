using Conformance.Language;
using Fixtures.Metrics;
using static Conformance.Language.Duration;

namespace Conformance.Analysis.Prometheus;

/// <summary>What the chapter's analyses by Prometheus have in common.</summary>
internal static class PrometheusStory
{
    /// <summary>Where the manifests are.</summary>
    public const string Path = "analysis/prometheus";

    /// <summary>Where the query is.</summary>
    public const string Template = "analysistemplate.yaml";

    /// <summary>How many steps the chapter's canary has.</summary>
    public const int Steps = 6;

    /// <summary>What the Rollout says when the success rate was too low four times.</summary>
    public const string TooManyErrors = "Metric \"success-rate\" assessed Failed due to failed (4) > failureLimit (3)";

    /// <summary>What the Rollout says when Prometheus could not read the query once.</summary>
    public const string SyntaxError = "Metric \"success-rate\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): "
        + "\"Error Message: bad_data: invalid parameter \"query\": 2:3: parse error: unexpected <op:/>\"";

    /// <summary>
    /// Pauses of five minutes instead of ten seconds: with the chapter's values a canary is through its steps before a measurement every ten seconds can
    /// have failed more than three times. Long enough that the abort never meets a step that is just being taken: the controller, which counts by
    /// what ReplicaSets say of themselves, can then fall below maxUnavailable for a moment.
    /// </summary>
    public static string WithLongPauses(string manifest) => manifest.Replace("pause: {duration: 10s}", "pause: {duration: 5m}");

    /// <summary>The application is deployed in blue and its host is asked all the time.</summary>
    public static async Task DeploysBlue(this Reader reader, bool automated = false)
    {
        await reader.DeploysTheApplication(automated);
        reader.OpensTheHost();
        await reader.Sees(reader.Active.Subject, Is.Answering("blue"), within: Seconds(30));
    }

    /// <summary>Prometheus knows the rate that the analysis will ask for; a Prometheus that was started a moment ago does not scrape yet.</summary>
    public static async Task SeesTheRateOfRequests(this Reader reader)
    {
        await using var rate = PrometheusReadings.Of(
            reader.Stage.Cluster, $"sum(rate(nginx_ingress_controller_requests{{host=\"{reader.Stage.Names.ActiveHost}\"}}[1m]))");
        await reader.Sees(rate.Subject, Has.Samples, within: Seconds(300));
    }

    /// <summary>The new version took every step and is the stable one.</summary>
    public static async Task SeesAllStepsDone(this Reader reader, string colour)
    {
        await reader.Sees(reader.Rollout, Is.HealthyRollout.And(Is.AtStep(Steps)), within: Seconds(120));
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis("Successful"), within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full(colour, reader.Pods), within: Seconds(60));
        await reader.FindsTheSteps("6 blue, 4 green", "4 blue, 6 green", "2 blue, 8 green");
    }

    /// <summary>The analysis failed, and everything is as it was before the update.</summary>
    public static async Task SeesTheRollback(this Reader reader, string bad, string good, int revision, string phase = "Failed", string reason = TooManyErrors)
    {
        var aborted = Is.Aborted(revision, $"Background analysis phase error/failed: {reason}");
        await reader.Sees(reader.Stage.AnalysisRun(), Is.Analysis(phase, reason), within: Seconds(240));
        await reader.Sees(reader.Rollout, aborted, within: Seconds(30));
        await reader.Sees(reader.Application, Is.DegradedApplication, within: Seconds(30));
        await reader.Sees(reader.Stage.ReplicaSets(), Has.Full(good, reader.Pods).And(Has.ScaledDown(bad)), within: Seconds(60));
        var back = reader.Now;
        await reader.KeepsSeeing(reader.Rollout, aborted, during: Seconds(10));
        await reader.FindsOnly(reader.Active, good, from: back);
    }
}
