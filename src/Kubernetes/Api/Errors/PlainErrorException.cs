namespace Kubernetes.Api.Errors;

/// <summary>
/// What upstream answers before a request has a body to speak in: 500 and a line of text, <c>Internal Server Error: "/path": why</c>, and no Status
/// (apiserver endpoints/handlers/responsewriters/errors.go InternalError).
/// </summary>
internal sealed class PlainErrorException(string why) : Exception(why);
