namespace ArgoRollouts.Analysis;

/// <summary>An analysis that cannot be run as it is written; the message is the one upstream puts into a status.</summary>
public sealed class AnalysisException(string message) : Exception(message);
