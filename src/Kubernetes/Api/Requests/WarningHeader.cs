using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Kubernetes.Api.Requests;

/// <summary>What a client is told beside the answer: RFC 7234 warn-text, quoted, without control characters (apimachinery util/net NewWarningHeader).</summary>
internal static class WarningHeader
{
    /// <summary>Adds a warning, once.</summary>
    public static void Add(HttpResponse response, string problem)
    {
        var text = string.Concat(problem.Where(c => !char.IsControl(c))).Replace("\\", "\\\\").Replace("\"", "\\\"");
        var warning = $"299 - \"{text}\"";
        var said = response.Headers["Warning"];
        if (!said.Contains(warning))
        {
            response.Headers["Warning"] = StringValues.Concat(said, warning);
        }
    }
}
