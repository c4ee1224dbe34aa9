using k8s.Models;

namespace ArgoRollouts.Models;

/// <summary>GetMetricData of AWS CloudWatch.</summary>
public sealed class CloudWatchMetric
{
    /// <summary>A Go duration, default 5m.</summary>
    public string? Interval { get; set; }

    public List<CloudWatchMetricDataQuery> MetricDataQueries { get; set; } = [];
}

/// <summary>One query or expression.</summary>
public sealed class CloudWatchMetricDataQuery
{
    public string? Id { get; set; }

    public string? Expression { get; set; }

    public string? Label { get; set; }

    public CloudWatchMetricStat? MetricStat { get; set; }

    public IntOrString? Period { get; set; }

    public bool? ReturnData { get; set; }
}

/// <summary>A metric, its statistic and period in seconds.</summary>
public sealed class CloudWatchMetricStat
{
    public CloudWatchMetricStatMetric Metric { get; set; } = new();

    public IntOrString? Period { get; set; }

    public string? Stat { get; set; }

    public string? Unit { get; set; }
}

/// <summary>The metric's name, namespace and dimensions.</summary>
public sealed class CloudWatchMetricStatMetric
{
    public List<CloudWatchMetricStatMetricDimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    public string? Namespace { get; set; }
}

/// <summary>One dimension.</summary>
public sealed class CloudWatchMetricStatMetricDimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
