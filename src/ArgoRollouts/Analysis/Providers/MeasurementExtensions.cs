using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers;

/// <summary>Ends of a measurement.</summary>
internal static class MeasurementExtensions
{
    /// <summary>The measurement could not be taken (MarkMeasurementError of utils/metric).</summary>
    public static Measurement Failed(this Measurement measurement, string message, TimeProvider time)
    {
        measurement.Phase = AnalysisPhase.Error;
        measurement.Message = message;
        measurement.FinishedAt ??= time.GetUtcNow().UtcDateTime;
        return measurement;
    }

    public static Measurement Finished(this Measurement measurement, string phase, TimeProvider time)
    {
        measurement.Phase = phase;
        measurement.FinishedAt = time.GetUtcNow().UtcDateTime;
        return measurement;
    }

    public static Measurement Started(TimeProvider time) => new() { StartedAt = time.GetUtcNow().UtcDateTime };
}
