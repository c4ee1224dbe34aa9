using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers;

/// <summary>Which kind of provider a metric asks for; of several the first in upstream's order (metricproviders/metricproviders.go).</summary>
public static class MetricProviderTypes
{
    public const string Unknown = "Unknown Provider";

    public static string Of(Metric metric) => metric.Provider switch
    {
        { Prometheus: not null } => "Prometheus",
        { Job: not null } => "Job",
        { Kayenta: not null } => "Kayenta",
        { Web: not null } => "Web",
        { Datadog: not null } => "Datadog",
        { Wavefront: not null } => "Wavefront",
        { NewRelic: not null } => "NewRelic",
        { CloudWatch: not null } => "CloudWatch",
        { Graphite: not null } => "Graphite",
        { Influxdb: not null } => "Influxdb",
        { SkyWalking: not null } => "skywalking",
        { Plugin: not null } => "RPCPlugin",
        _ => Unknown,
    };
}
