namespace Kubernetes.Api.Logs;

/// <summary>The logs of the containers that the cluster's nodes run or ran: what an API server asks a kubelet for.</summary>
public interface IContainerLogs
{
    /// <returns>The lines asked for, or null when the node has no such run of the container.</returns>
    IAsyncEnumerable<LogLine>? Read(string podUid, string container, LogQuery query, CancellationToken cancel);
}
