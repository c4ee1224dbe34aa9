using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>One measured quantity and how its values are judged (docs/features/analysis.md).</summary>
public sealed class Metric
{
    public string Name { get; set; } = "";

    /// <summary>A Go duration, e.g. 10s.</summary>
    public string? Interval { get; set; }

    /// <summary>A Go duration.</summary>
    public string? InitialDelay { get; set; }

    public IntOrString? Count { get; set; }

    public string? SuccessCondition { get; set; }

    public string? FailureCondition { get; set; }

    /// <summary>Default 0.</summary>
    public IntOrString? FailureLimit { get; set; }

    /// <summary>Default 0.</summary>
    public IntOrString? InconclusiveLimit { get; set; }

    /// <summary>Default 4.</summary>
    public IntOrString? ConsecutiveErrorLimit { get; set; }

    public MetricProvider Provider { get; set; } = new();

    public IntOrString? ConsecutiveSuccessLimit { get; set; }
}

/// <summary>Exactly one is set.</summary>
public sealed class MetricProvider
{
    public PrometheusMetric? Prometheus { get; set; }

    public KayentaMetric? Kayenta { get; set; }

    public WebMetric? Web { get; set; }

    public DatadogMetric? Datadog { get; set; }

    public WavefrontMetric? Wavefront { get; set; }

    public NewRelicMetric? NewRelic { get; set; }

    public JobMetric? Job { get; set; }

    public CloudWatchMetric? CloudWatch { get; set; }

    public GraphiteMetric? Graphite { get; set; }

    public InfluxdbMetric? Influxdb { get; set; }

    [JsonPropertyName("skywalking")]
    public SkyWalkingMetric? SkyWalking { get; set; }

    public IDictionary<string, JsonNode?>? Plugin { get; set; }
}
