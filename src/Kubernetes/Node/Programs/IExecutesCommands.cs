namespace Kubernetes.Node.Programs;

/// <summary>A program in whose containers commands can be run (exec probes).</summary>
public interface IExecutesCommands
{
    /// <returns>The exit code, and what the command printed.</returns>
    Task<(int ExitCode, string Output)> ExecuteAsync(ContainerContext context, IReadOnlyList<string> command, CancellationToken cancel);
}
