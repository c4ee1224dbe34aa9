namespace Kubernetes.Node.Environment;

/// <summary>A container whose configuration cannot be put together: it waits as <c>CreateContainerConfigError</c> with this message.</summary>
public sealed class ContainerConfigException(string message) : Exception(message);
