namespace Kubernetes.Node.Logs;

/// <summary>The logs of the containers that a node runs or ran; an API server answers <c>pods/log</c> from it.</summary>
public interface IContainerLogs
{
    /// <returns>The lines asked for, or null when the node has no such run of the container.</returns>
    IAsyncEnumerable<LogLine>? Read(string podUid, string container, LogQuery query, CancellationToken cancel);
}
