using ArgoRollouts.Analysis.Providers.Graphite;
using ArgoRollouts.Analysis.Providers.Http;
using ArgoRollouts.Analysis.Providers.Jobs;
using ArgoRollouts.Analysis.Providers.Prometheus;
using ArgoRollouts.Analysis.Providers.SkyWalking;
using ArgoRollouts.Analysis.Providers.Web;
using ArgoRollouts.Models;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Analysis.Providers;

/// <summary>The providers there are (metricproviders/metricproviders.go).</summary>
/// <param name="client">For Jobs and Secrets.</param>
/// <param name="jobs">Jobs of analysis runs.</param>
/// <param name="http">For everything that is asked by HTTP.</param>
/// <param name="environment">The controller's environment variables.</param>
/// <param name="time">The clock.</param>
public sealed class MetricProviderFactory(
    ApiClient client, ILister<V1Job> jobs, MetricHttp http, IReadOnlyDictionary<string, string> environment, TimeProvider time) : IMetricProviderFactory
{
    /// <summary>Environment variable with the namespace in which Jobs run instead of that of their run.</summary>
    public const string JobNamespaceVariable = "ARGO_ROLLOUTS_ANALYSIS_JOB_NAMESPACE";

    private const string PluginType = "RPCPlugin";

    public Task<IMetricProvider> CreateAsync(string @namespace, Metric metric, CancellationToken cancel) =>
        Task.FromResult<IMetricProvider>(MetricProviderTypes.Of(metric) switch
    {
        PrometheusProvider.ProviderType => new PrometheusProvider(metric, environment, http, time),
        JobProvider.ProviderType => new JobProvider(client, jobs, environment.GetValueOrDefault(JobNamespaceVariable), time),
        WebProvider.ProviderType => new WebProvider(metric, http, time),
        GraphiteProvider.ProviderType => new GraphiteProvider(metric, http, time),
        SkyWalkingProvider.ProviderType => new SkyWalkingProvider(metric, http, time),
        PluginType => throw new AnalysisException(NoPlugin(metric.Provider.Plugin!.Keys.First())),
        _ => throw new AnalysisException($"no valid provider in metric '{metric.Name}'"),
    });

    // metricproviders/plugin and utils/plugin: what upstream says of a name that argo-rollouts-config does not have; here it has none
    private static string NoPlugin(string name) =>
        $"failed to create plugin: unable to get metric plugin: unable to start plugin system: unable to find plugin ({name}): plugin {name} not configured in configmap";
}
