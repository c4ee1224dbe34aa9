namespace Kubernetes.Api.Logs;

/// <summary>What part of a container's log is asked for (<c>v1.PodLogOptions</c>).</summary>
public sealed record LogQuery
{
    /// <summary>Goes on with each new line until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>The run before the current one.</summary>
    public bool Previous { get; init; }

    /// <summary>Only lines written at or after this moment.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only so many lines from the end.</summary>
    public int? TailLines { get; init; }
}
