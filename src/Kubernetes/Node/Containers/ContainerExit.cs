namespace Kubernetes.Node.Containers;

/// <summary>How a run ended.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Reason"><c>Completed</c>, <c>Error</c> or <c>StartError</c>.</param>
/// <param name="Message">What a container runtime would say, or null.</param>
internal sealed record ContainerExit(int Code, string Reason, string? Message = null)
{
    /// <summary>Exit code of a program that did not end within its grace period: 128 + SIGKILL.</summary>
    public static ContainerExit Killed { get; } = new(137, "Error");

    public static ContainerExit Of(int code) => new(code, code == 0 ? "Completed" : "Error");
}
