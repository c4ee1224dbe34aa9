using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Errors;

/// <summary>Upstream's errors by name; messages and reasons as in apimachinery pkg/api/errors.</summary>
internal static class StatusErrors
{
    public static ApiException NotFound(ResourceInfo resource, string name) =>
        new(404, "NotFound", $"{resource.GroupResource} \"{name}\" not found", Details(resource.Group, resource.Plural, name));

    public static ApiException PageNotFound() =>
        new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiException AlreadyExists(ResourceInfo resource, string name) =>
        new(409, "AlreadyExists", $"{resource.GroupResource} \"{name}\" already exists", Details(resource.Group, resource.Plural, name));

    public static ApiException Conflict(ResourceInfo resource, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource.GroupResource} \"{name}\": {why}", Details(resource.Group, resource.Plural, name));

    public static ApiException ObjectModified(ResourceInfo resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiException Forbidden(ResourceInfo resource, string name, string why, JsonArray? causes = null)
    {
        var subject = name.Length == 0 ? resource.GroupResource : $"{resource.GroupResource} \"{name}\"";
        var details = Details(resource.Group, resource.Plural, name);
        if (causes is not null)
        {
            details["causes"] = causes;
        }
        return new ApiException(403, "Forbidden", $"{subject} is forbidden: {why}", details);
    }

    public static ApiException BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiException Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiException MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiException Expired(string message, string? continueToken = null) =>
        new(410, "Expired", message) { Continue = continueToken };

    /// <summary>What upstream gives as a plain Go error: 500 without a reason.</summary>
    public static ApiException Unknown(string message) => new(500, "", message);

    public static ApiException Internal(string message)
    {
        var details = new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["message"] = message }) };
        return new ApiException(500, "InternalError", $"Internal error occurred: {message}", details);
    }

    public static ApiException UnsupportedMediaType(params IEnumerable<string> supported) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", supported)}");

    public static ApiException NotAcceptable(params IEnumerable<string> supported) =>
        new(406, "NotAcceptable", $"only the following media types are accepted: {string.Join(", ", supported)}");

    /// <summary>What go-restful says of the same, before any handler is asked.</summary>
    public static ApiException NoRepresentation(params IEnumerable<string> supported) =>
        new(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {string.Join(", ", supported)}", []);

    public static ApiException TooLarge(long limitBytes) =>
        new(413, "RequestEntityTooLarge", $"Request entity too large: limit is {limitBytes}");

    public static ApiException TooManyRequests(string message, int retryAfterSeconds, JsonObject? details = null) =>
        new(429, "TooManyRequests", message, details) { RetryAfterSeconds = retryAfterSeconds };

    public static ApiException VersionTooLarge(long requested, long current)
    {
        var cause = new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" };
        var details = new JsonObject { ["causes"] = new JsonArray(cause), ["retryAfterSeconds"] = 1 };
        return new ApiException(504, "Timeout", $"Timeout: Too large resource version: {requested}, current: {current}", details) { RetryAfterSeconds = 1 };
    }

    private static JsonObject Details(string group, string kind, string name)
    {
        var details = new JsonObject();
        if (name.Length > 0)
        {
            details["name"] = name;
        }
        if (group.Length > 0)
        {
            details["group"] = group;
        }
        details["kind"] = kind;
        return details;
    }
}
