namespace Kubernetes.Node.Programs;

/// <summary>What an image runs.</summary>
public interface IContainerProgram
{
    /// <summary>
    /// Whether the program calls <see cref="ContainerContext.ReportStarted"/> once it serves. Otherwise it counts as running as soon as it is called.
    /// A server should: a container without a readiness probe is ready, and gets traffic, from the moment it runs.
    /// </summary>
    bool ReportsStart => false;

    /// <summary>
    /// Whether the program finds its access to the API as files at <c>/var/run/secrets/kubernetes.io/serviceaccount</c>. Programs of this process
    /// are handed <see cref="ContainerContext.Configuration"/>, so that nobody writes files for them.
    /// </summary>
    bool ReadsApiAccess => false;

    /// <summary>Runs one container.</summary>
    /// <param name="context">The container, its surroundings and its log.</param>
    /// <param name="stop">SIGTERM: finish within the pod's grace period.</param>
    /// <returns>The exit code. An exception is exit code 1, with its message in the log.</returns>
    Task<int> RunAsync(ContainerContext context, CancellationToken stop);
}
