using System.Net;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// A request that the API server answered with a failure. Branch on <see cref="Reason"/>, not on the text
/// (<c>api-conventions.md</c>, "Response Status Kind").
/// </summary>
public sealed class ApiException(HttpStatusCode code, V1Status status, string request)
    : Exception($"{request}: {(string.IsNullOrEmpty(status.Message) ? code.ToString() : status.Message)}")
{
    public HttpStatusCode Code { get; } = code;

    /// <summary>The server's answer as it came.</summary>
    public V1Status Status { get; } = status;

    /// <summary>The server's own words, without the request.</summary>
    public string StatusMessage => string.IsNullOrEmpty(Status.Message) ? Code.ToString() : Status.Message;

    public string Reason => Status.Reason ?? "";

    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    public bool IsConflict => Code == HttpStatusCode.Conflict && Reason != "AlreadyExists";

    public bool IsAlreadyExists => Reason == "AlreadyExists";

    public bool IsInvalid => Code == HttpStatusCode.UnprocessableEntity;

    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    /// <summary>The asked resourceVersion is no longer in the server's history: list again.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone;

    /// <summary>Nothing can be created in a namespace that is going (<c>v1.NamespaceTerminatingCause</c>): not worth a retry.</summary>
    public bool IsNamespaceTerminating => Status.Details?.Causes?.Any(cause => cause.Reason == "NamespaceTerminating") == true;

    internal static ApiException From(HttpStatusCode code, string body, string request)
    {
        V1Status? status = null;
        if (body.StartsWith('{'))
        {
            try
            {
                status = KubernetesJson.Deserialize<V1Status>(body);
            }
            catch (System.Text.Json.JsonException)
            {
                // not a Status: shown as it is
            }
        }

        return new ApiException(code, status ?? new V1Status { Code = (int)code, Message = body }, request);
    }
}
