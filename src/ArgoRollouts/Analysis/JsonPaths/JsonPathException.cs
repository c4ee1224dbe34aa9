namespace ArgoRollouts.Analysis.JsonPaths;

/// <summary>A path that is none, or leads nowhere; the message is client-go's.</summary>
public sealed class JsonPathException(string message) : Exception(message);
