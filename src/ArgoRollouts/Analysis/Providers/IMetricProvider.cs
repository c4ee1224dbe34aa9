using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers;

/// <summary>
/// Measures by asking another system (upstream's metric/provider.go). A measurement that cannot be taken is a measurement in
/// phase Error; nothing is thrown but cancellation.
/// </summary>
public interface IMetricProvider
{
    /// <summary>Name of the kind of provider, as in the controller's own metrics.</summary>
    string Type { get; }

    /// <summary>Starts a measurement; one that was already started is taken up.</summary>
    Task<Measurement> RunAsync(AnalysisRun run, Metric metric, CancellationToken cancel);

    /// <summary>Looks whether a measurement has finished. Providers that answer at once return it unchanged.</summary>
    Task<Measurement> ResumeAsync(AnalysisRun run, Metric metric, Measurement measurement, CancellationToken cancel) => Task.FromResult(measurement);

    /// <summary>Ends a measurement.</summary>
    Task<Measurement> TerminateAsync(AnalysisRun run, Metric metric, Measurement measurement, CancellationToken cancel) => Task.FromResult(measurement);

    /// <summary>Removes what older measurements than the last few left behind.</summary>
    Task GarbageCollectAsync(AnalysisRun run, Metric metric, int limit, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>What is shown with the metric's result, e.g. a query with its arguments put in; null: nothing.</summary>
    IDictionary<string, string>? GetMetadata(Metric metric) => null;
}
