using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers;

/// <summary>Makes the provider a metric asks for.</summary>
public interface IMetricProviderFactory
{
    /// <param name="namespace">Of the run: some providers read a Secret there.</param>
    /// <param name="metric">With its arguments put in.</param>
    /// <param name="cancel">Stops the controller.</param>
    /// <exception cref="AnalysisException">There is none, or it lacks something; the measurement is then an Error with this message.</exception>
    Task<IMetricProvider> CreateAsync(string @namespace, Metric metric, CancellationToken cancel);
}
