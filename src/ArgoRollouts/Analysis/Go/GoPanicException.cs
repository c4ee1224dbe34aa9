namespace ArgoRollouts.Analysis.Go;

/// <summary>What Go raises at run time, as a panic or as an error; the message is the one Go gives.</summary>
public sealed class GoPanicException(string message) : Exception(message);
