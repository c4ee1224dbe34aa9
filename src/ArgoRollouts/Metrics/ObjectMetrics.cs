using System.Globalization;
using System.Text;
using ArgoRollouts.Analysis.Providers;
using ArgoRollouts.Models;
using Controllers.Runtime.Caching;

namespace ArgoRollouts.Metrics;

/// <summary>Gauges read from the objects as they are when asked (controller/metrics/rollouts.go, analysis.go).</summary>
internal sealed class ObjectMetrics(
    ILister<Rollout> rollouts, ILister<AnalysisRun> runs, ILister<AnalysisTemplate> templates, ILister<ClusterAnalysisTemplate> clusterTemplates)
{
    private static readonly string[] Object = ["namespace", "name"];
    private static readonly string[] RolloutPhases = ["Completed", "Progressing", "Paused", "Timeout", "Error", "Abort"];
    private static readonly string[] AnalysisPhases =
        [AnalysisPhase.Pending, AnalysisPhase.Error, AnalysisPhase.Failed, AnalysisPhase.Successful, AnalysisPhase.Running, AnalysisPhase.Inconclusive];

    public void WriteTo(StringBuilder text)
    {
        WriteRollouts(text, rollouts.List());
        WriteRuns(text, runs.List());
        WriteTemplates(text);
    }

    private static void WriteRollouts(StringBuilder text, IReadOnlyList<Rollout> all)
    {
        string[] infoLabels = [.. Object, "strategy", "traffic_router", "phase"];
        Gauge(text, "rollout_info", "Information about rollout.", infoLabels, all.Select(rollout =>
            (new[] { Namespace(rollout), Name(rollout), Strategy(rollout), Router(rollout), RolloutPhaseMetric.Of(rollout) }, 1d)));
        Replicas("available", rollout => rollout.Status.AvailableReplicas);
        Replicas("unavailable", rollout => rollout.Status.Replicas - rollout.Status.AvailableReplicas);
        Replicas("desired", Defaults.Replicas);
        Replicas("updated", rollout => rollout.Status.UpdatedReplicas);
        Gauge(
            text,
            "rollout_phase",
            "Information on the state of the rollout (DEPRECATED - use rollout_info)",
            [.. Object, "strategy", "phase"],
            from rollout in all
            let present = RolloutPhaseMetric.Of(rollout)
            from phase in RolloutPhases
            select (new[] { Namespace(rollout), Name(rollout), Strategy(rollout), phase }, phase == present ? 1d : 0));

        void Replicas(string which, Func<Rollout, int> count) => Gauge(
            text,
            $"rollout_info_replicas_{which}",
            $"The number of {which} replicas per rollout.",
            Object,
            all.Select(rollout => (new[] { Namespace(rollout), Name(rollout) }, (double)count(rollout))));
    }

    private static void WriteRuns(StringBuilder text, IReadOnlyList<AnalysisRun> all)
    {
        Gauge(text, "analysis_run_info", "Information about analysis run.", [.. Object, "phase"], all.Select(run =>
            (new[] { run.Metadata.NamespaceProperty, run.Metadata.Name, run.Status.Phase ?? "" }, 1d)));
        Gauge(
            text,
            "analysis_run_phase",
            "Information on the state of the Analysis Run (DEPRECATED - use analysis_run_info)",
            [.. Object, "phase"],
            from run in all
            from phase in AnalysisPhases
            select (new[] { run.Metadata.NamespaceProperty, run.Metadata.Name, phase }, Is(run.Status.Phase, phase)));
        var metrics = (from run in all from metric in run.Spec.Metrics select (run, metric)).ToList();
        Gauge(text, "analysis_run_metric_type", "Information on the type of a specific metric in the Analysis Runs", [.. Object, "metric", "type"], metrics.Select(pair =>
            (new[] { pair.run.Metadata.NamespaceProperty, pair.run.Metadata.Name, pair.metric.Name, MetricProviderTypes.Of(pair.metric) }, 1d)));
        Gauge(
            text,
            "analysis_run_metric_phase",
            "Information on the duration of a specific metric in the Analysis Run",
            [.. Object, "metric", "type", "dry_run", "phase"],
            from pair in metrics
            let result = pair.run.Status.MetricResults?.FirstOrDefault(result => result.Name == pair.metric.Name)
            from phase in AnalysisPhases
            select (
                new[]
                {
                    pair.run.Metadata.NamespaceProperty, pair.run.Metadata.Name, pair.metric.Name, MetricProviderTypes.Of(pair.metric),
                    result?.DryRun == true ? "true" : "false", phase,
                },
                Is(result?.Phase, phase)));
    }

    private void WriteTemplates(StringBuilder text)
    {
        var all = templates.List().Select(template => (template.Metadata, template.Spec))
            .Concat(clusterTemplates.List().Select(template => (template.Metadata, template.Spec)))
            .ToList();
        Gauge(text, "analysis_template_info", "Information about analysis templates.", Object, all.Select(template =>
            (new[] { template.Metadata.NamespaceProperty ?? "", template.Metadata.Name }, 1d)));
        Gauge(
            text,
            "analysis_template_metric_info",
            "Information on metrics in analysis templates.",
            [.. Object, "type", "metric"],
            from template in all
            from metric in template.Spec.Metrics ?? []
            select (new[] { template.Metadata.NamespaceProperty ?? "", template.Metadata.Name, MetricProviderTypes.Of(metric), metric.Name }, 1d));
    }

    private static void Gauge(StringBuilder text, string name, string help, string[] labels, IEnumerable<(string[] Values, double Value)> series)
    {
        var head = false;
        foreach (var (values, value) in series)
        {
            if (!head)
            {
                Exposition.Head(text, name, help, "gauge"); // an empty family is left out, as the Go library does
                head = true;
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}{{{Exposition.Labels(labels, values)}}} {value}\n");
        }
    }

    // a run without a phase counts as pending
    private static double Is(string? present, string phase) => (string.IsNullOrEmpty(present) ? AnalysisPhase.Pending : present) == phase ? 1 : 0;

    private static string Namespace(Rollout rollout) => rollout.Metadata.NamespaceProperty;

    private static string Name(Rollout rollout) => rollout.Metadata.Name;

    private static string Strategy(Rollout rollout) => rollout.Spec.Strategy switch
    {
        { BlueGreen: not null } => "blueGreen",
        { Canary: not null } => "canary",
        _ => "none",
    };

    // with several routers the last of upstream's order is named
    private static string Router(Rollout rollout) => rollout.Spec.Strategy.Canary?.TrafficRouting switch
    {
        { AppMesh: not null } => "AppMesh",
        { Smi: not null } => "SMI",
        { Nginx: not null } => "Nginx",
        { Istio: not null } => "Istio",
        { Ambassador: not null } => "Ambassador",
        { Alb: not null } => "ALB",
        _ => "",
    };
}
