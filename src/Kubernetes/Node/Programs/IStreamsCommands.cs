using Kubernetes.Api.Commands;

namespace Kubernetes.Node.Programs;

/// <summary>A program in whose containers commands run with their streams attached (<c>kubectl exec</c>).</summary>
public interface IStreamsCommands
{
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The command could not be started.</exception>
    Task<int> StreamAsync(ContainerContext context, IReadOnlyList<string> command, CommandStreams streams, CancellationToken cancel);
}
