namespace Kubernetes.Api.Streaming.Spdy;

/// <summary>What came is not SPDY/3.1; the connection cannot go on.</summary>
internal sealed class SpdyException(string message) : Exception(message);
