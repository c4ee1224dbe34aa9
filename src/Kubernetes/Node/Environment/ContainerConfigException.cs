namespace Kubernetes.Node.Environment;

/// <summary>A container whose configuration cannot be put together: it waits as <c>CreateContainerConfigError</c> with this message.</summary>
public sealed class ContainerConfigException(string message) : Exception(message)
{
    /// <summary>The object of the pod's namespace that is not there, or null when something else is wrong: it is tried again when that is made.</summary>
    internal WatchedObject? Missing { get; private init; }

    internal static ContainerConfigException NoConfigMap(string @namespace, string name)
        => new($"configmap \"{name}\" not found") { Missing = new WatchedObject(IsSecret: false, @namespace, name) };

    internal static ContainerConfigException NoSecret(string @namespace, string name)
        => new($"secret \"{name}\" not found") { Missing = new WatchedObject(IsSecret: true, @namespace, name) };
}
