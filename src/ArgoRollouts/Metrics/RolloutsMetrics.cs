using ArgoRollouts.Models;

namespace ArgoRollouts.Metrics;

/// <summary>What the controllers count while they work, under upstream's names (controller/metrics/prommetrics.go).</summary>
public sealed class RolloutsMetrics
{
    private static readonly string[] Object = ["namespace", "name"];

    private readonly Counter _events = new("rollout_events_total", "Count of rollout events", [.. Object, "type", "reason"]);
    private readonly Counter _rolloutErrors = new("rollout_reconcile_error", "Error occurring during the rollout", Object);
    private readonly Counter _analysisErrors = new("analysis_run_reconcile_error", "Error occurring during the analysis run", Object);
    private readonly Histogram _rollouts = new("rollout_reconcile", "Rollout reconciliation performance.", Object);
    private readonly Histogram _analyses = new("analysis_run_reconcile", "Analysis Run reconciliation performance.", Object);

    private readonly Counter _requests = new(
        "controller_clientset_k8s_request_total",
        "Number of kubernetes requests executed during application reconciliation.",
        ["kind", "namespace", "name", "verb", "status_code"]);

    internal IEnumerable<IMetric> All => [_rollouts, _rolloutErrors, _events, _analyses, _analysisErrors, _requests];

    public void CountEvent(string @namespace, string name, string type, string reason) => _events.Increment(@namespace, name, type, reason);

    public void CountRolloutError(string @namespace, string name) => _rolloutErrors.Increment(@namespace, name);

    public void CountAnalysisRunError(string @namespace, string name) => _analysisErrors.Increment(@namespace, name);

    public void ObserveRollout(Rollout rollout, TimeSpan took)
        => _rollouts.Observe(took.TotalSeconds, rollout.Metadata.NamespaceProperty, rollout.Metadata.Name);

    public void ObserveAnalysisRun(AnalysisRun run, TimeSpan took) => _analyses.Observe(took.TotalSeconds, run.Metadata.NamespaceProperty, run.Metadata.Name);

    /// <summary>One request to the Kubernetes API; verb is Get, List, Watch, Create, Update, Patch or Delete.</summary>
    public void CountRequest(string kind, string @namespace, string name, string verb, int statusCode)
        => _requests.Increment(kind, @namespace, verb == "List" || kind is "events" or "replicasets" ? "N/A" : name, verb, statusCode.ToString());

    /// <summary>Drops the series of a Rollout that is gone.</summary>
    public void RemoveRollout(string @namespace, string name)
    {
        foreach (var metric in new LabelledMetric[] { _events, _rolloutErrors, _rollouts })
        {
            metric.Remove(@namespace, name);
        }
    }
}
