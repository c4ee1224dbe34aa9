using ArgoRollouts.Models;

namespace ArgoRollouts.Metrics;

/// <summary>The name of a metric's provider in metrics and logs (metricproviders, Type).</summary>
internal static class MetricType
{
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
        _ => "Unknown Provider",
    };
}
