using k8s.Models;

namespace Kubernetes.Node.Containers;

/// <summary>What a container is doing now, as its status will say. Immutable: each change makes a new one.</summary>
internal sealed record ContainerSnapshot
{
    public required string Name { get; init; }

    /// <summary>As in the pod.</summary>
    public required string Image { get; init; }

    public string ImageId { get; init; } = "";

    public string ContainerId { get; init; } = "";

    public V1ContainerState State { get; init; } = Waiting("ContainerCreating");

    public V1ContainerState LastState { get; init; } = new();

    public int RestartCount { get; init; }

    /// <summary>Passed its startup probe, or has none.</summary>
    public bool Started { get; init; }

    /// <summary>Running, started, and passed its readiness probe or has none.</summary>
    public bool Ready { get; init; }

    /// <summary>Terminated, and will not be restarted.</summary>
    public bool Finished { get; init; }

    /// <summary>An init container with <c>restartPolicy: Always</c>: it runs beside the others until they have ended.</summary>
    public bool IsSidecar { get; init; }

    /// <summary>A sidecar that was up once; later restarts do not undo it.</summary>
    public bool WasStarted { get; init; }

    /// <summary>Whether, as an init container, it keeps the next one waiting no longer.</summary>
    public bool Initialized => IsSidecar ? WasStarted : Succeeded;

    public bool Succeeded => State.Terminated?.ExitCode == 0;

    public static V1ContainerState Waiting(string reason, string? message = null)
        => new() { Waiting = new V1ContainerStateWaiting { Reason = reason, Message = message } };
}
