namespace Kubernetes.Api.Commands;

/// <summary>Runs commands in the containers of the cluster's nodes, and attaches to what runs there: what an API server asks a kubelet for.</summary>
public interface IContainerCommands
{
    /// <summary>Why no command can be run in the container; null: it can.</summary>
    string? Refusal(string podUid, string container);

    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">The command could not be started.</exception>
    Task<int> RunAsync(string podUid, string container, IReadOnlyList<string> command, CommandStreams streams, CancellationToken cancel);

    bool IsRunning(string podUid, string container);

    /// <summary>Passes on what the container's program prints from now on, and what is typed to it where the container takes input. Ends with the container.</summary>
    /// <exception cref="CommandException">The container does not run.</exception>
    Task AttachAsync(string podUid, string container, CommandStreams streams, CancellationToken cancel);
}
