namespace Kubernetes.Node.Programs;

/// <summary>A container whose program could not even be started: it ends as <c>StartError</c> with exit code 128, as a container runtime has it.</summary>
public sealed class ContainerStartException(string message) : Exception(message);
