using Kubernetes.Api.Errors;
using Microsoft.Extensions.Primitives;

namespace Kubernetes.Api.Streaming.PortForward;

/// <summary>The query parameter <c>ports</c> of a WebSocket without SPDY (kubelet NewV4Options).</summary>
internal static class PortQuery
{
    /// <exception cref="ApiException">400: none, or one that is no port.</exception>
    public static IReadOnlyList<int> Parse(StringValues values)
    {
        if (values.Count == 0)
        {
            throw StatusErrors.BadRequest("query parameter \"ports\" is required");
        }
        return [.. values.SelectMany(value => Ports(value ?? ""))];
    }

    private static IEnumerable<int> Ports(string value)
    {
        if (value.Length == 0)
        {
            throw StatusErrors.BadRequest("query parameter \"ports\" cannot be empty");
        }
        foreach (var text in value.Split(','))
        {
            if (!ushort.TryParse(text, out var port))
            {
                throw StatusErrors.BadRequest($"unable to parse \"{value}\" as a port: strconv.ParseUint: parsing \"{text}\": invalid syntax");
            }
            yield return port > 0 ? port : throw StatusErrors.BadRequest($"port \"{value}\" must be > 0");
        }
    }
}
