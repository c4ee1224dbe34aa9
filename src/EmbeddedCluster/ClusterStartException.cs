namespace EmbeddedCluster;

/// <summary>The cluster could not start: what was wrong and what to do.</summary>
public sealed class ClusterStartException(string message, Exception? inner = null) : Exception(message, inner);
