namespace ArgoRollouts.AnalysisRuns;

/// <summary>Templates or arguments that make no AnalysisRun; the message is upstream's.</summary>
internal sealed class InvalidAnalysisException(string message) : Exception(message);
