namespace Kubernetes.Api.Ports;

/// <summary>A port of a pod could not be reached; the message is for the user.</summary>
public sealed class PortException(string message) : Exception(message);
