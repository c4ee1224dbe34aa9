using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Runs;

/// <summary>Notes a measurement in the result of its metric and counts it (runMeasurements of analysis/analysis.go).</summary>
public static class MeasurementRecording
{
    private const string InPlaceOfSecret = "*****";

    /// <param name="result">Changed.</param>
    /// <param name="measurement">Changed: gets its time of finishing, and a message that tells no secrets.</param>
    /// <param name="continues">Whether it is the last measurement carried on, and not a new one.</param>
    /// <param name="secrets">Values no message may contain.</param>
    /// <param name="now">The time.</param>
    public static void Record(MetricResult result, Measurement measurement, bool continues, IEnumerable<string> secrets, DateTime now)
    {
        if (AnalysisPhase.Completed(measurement.Phase))
        {
            measurement.FinishedAt ??= now;
            Count(result, measurement.Phase);
        }
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
        {
            measurement.Message = measurement.Message?.Replace(secret, InPlaceOfSecret, StringComparison.Ordinal);
        }
        result.Measurements ??= [];
        if (continues && result.Measurements.Count > 0)
        {
            result.Measurements[^1] = measurement;
        }
        else
        {
            result.Measurements.Add(measurement);
        }
    }

    /// <summary>Errors do not count as measurements: they are repeated.</summary>
    private static void Count(MetricResult result, string phase)
    {
        result.ConsecutiveError = phase == AnalysisPhase.Error ? result.ConsecutiveError + 1 : 0;
        result.ConsecutiveSuccess = phase == AnalysisPhase.Successful ? result.ConsecutiveSuccess + 1 : 0;
        result.Count += phase == AnalysisPhase.Error ? 0 : 1;
        switch (phase)
        {
            case AnalysisPhase.Successful:
                result.Successful++;
                break;
            case AnalysisPhase.Failed:
                result.Failed++;
                break;
            case AnalysisPhase.Inconclusive:
                result.Inconclusive++;
                break;
            case AnalysisPhase.Error:
                result.Error++;
                break;
        }
    }
}
