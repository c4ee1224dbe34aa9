using System.Globalization;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Analysis.Templates;

/// <summary>Numbers of a metric as upstream reads them.</summary>
public static class MetricExtensions
{
    /// <summary>How many errors in a row a metric may have when it does not say (utils/defaults).</summary>
    public const int DefaultConsecutiveErrorLimit = 4;

    /// <summary>How many measurements are wanted: 1 without count and interval; null, without end, with an interval only.</summary>
    public static int? EffectiveCount(this Metric metric) => metric.Count.Number() switch
    {
        0 => string.IsNullOrEmpty(metric.Interval) ? 1 : null,
        var count => count,
    };

    /// <summary>intstr's IntValue: text that is no number is 0, as is what is missing.</summary>
    public static int Number(this IntOrString? value) =>
        value is { } number && int.TryParse(number.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;

    public static int ConsecutiveErrorLimitOrDefault(this Metric metric) =>
        metric.ConsecutiveErrorLimit is null ? DefaultConsecutiveErrorLimit : metric.ConsecutiveErrorLimit.Number();
}
