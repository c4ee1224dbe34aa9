namespace Kubernetes.Controllers.Pods;

/// <summary>Why pods could not be made or removed: <c>FailedCreate</c> or <c>FailedDelete</c>, and the server's words.</summary>
internal sealed record PodFailure(string Reason, string Message);
