using System.Text.Json;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;
using k8s;

namespace ArgoRollouts.Analysis.Arguments;

/// <summary>Metrics with their arguments put in (ResolveMetricArgs of utils/analysis/factory.go).</summary>
public static class MetricResolution
{
    private const string InPlaceOfSecret = "temp-for-secret";

    /// <summary>A copy of the metric: arguments may stand in any of its strings.</summary>
    /// <exception cref="AnalysisException">An argument is missing, or the metric is none with its arguments put in.</exception>
    public static Metric Resolve(Metric metric, IReadOnlyList<Argument> arguments)
    {
        var json = ArgumentSubstitution.SubstituteQuoted(KubernetesJson.Serialize(metric), arguments);
        try
        {
            GoJsonReader.Read(json); // for the wording of what is no JSON
            return KubernetesJson.Deserialize<Metric>(json);
        }
        catch (Exception e) when (e is GoPanicException or JsonException)
        {
            throw new AnalysisException(e.Message);
        }
    }

    /// <summary>All metrics, with a stand-in for what Secrets hold: good for everything but measuring.</summary>
    /// <exception cref="AnalysisException">See <see cref="Resolve"/>.</exception>
    public static List<Metric> WithoutSecrets(IEnumerable<Metric> metrics, IEnumerable<Argument>? arguments)
    {
        var known = (arguments ?? []).Select(argument => argument.ValueFrom?.SecretKeyRef is null
            ? argument
            : new Argument { Name = argument.Name, Value = InPlaceOfSecret }).ToList();
        return [.. metrics.Select(metric => Resolve(metric, known))];
    }
}
