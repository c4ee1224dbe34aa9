using Kubernetes.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Api.Requests;

/// <summary>Reads request bodies whole, within the size limit: into their own array at once when the client says how long they are, as nearly all do.</summary>
internal static class BodyBytes
{
    /// <summary>As upstream's --max-request-bytes default, 3 MiB.</summary>
    public const int Max = 3 * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > Max)
        {
            throw StatusErrors.TooLarge(Max);
        }
        return http.Request.ContentLength is { } length
            ? await OfLengthAsync(http, (int)length)
            : await OfAnyLengthAsync(http);
    }

    private static async Task<byte[]> OfLengthAsync(HttpContext http, int length)
    {
        if (length == 0)
        {
            return [];
        }
        var bytes = new byte[length];
        await http.Request.Body.ReadExactlyAsync(bytes, http.RequestAborted);
        return bytes;
    }

    private static async Task<byte[]> OfAnyLengthAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, count);
            if (buffer.Length > Max)
            {
                throw StatusErrors.TooLarge(Max);
            }
        }
        return buffer.ToArray();
    }
}
