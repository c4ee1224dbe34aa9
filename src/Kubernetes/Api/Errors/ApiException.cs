using System.Text.Json.Nodes;

namespace Kubernetes.Api.Errors;

/// <summary>A request that ends in a v1 Status; <see cref="StatusErrors"/> makes them in upstream's wording (apimachinery api/errors).</summary>
internal sealed class ApiException(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public JsonObject? Details { get; } = details;

    public int? RetryAfterSeconds { get; init; }

    /// <summary>A continue token for the rest of an expired list.</summary>
    public string? Continue { get; init; }

    public JsonObject ToStatus()
    {
        var metadata = new JsonObject();
        if (Continue is not null)
        {
            metadata["continue"] = Continue;
        }
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = metadata,
            ["status"] = "Failure",
            ["message"] = Message,
            ["code"] = Code,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }
        if (Details is not null)
        {
            status["details"] = Details.DeepClone();
        }
        return status;
    }
}
