namespace Kubernetes.Api.Logs;

/// <summary>One line of a container's log and when it was written, in cluster time.</summary>
public sealed record LogLine(DateTimeOffset At, string Text);
