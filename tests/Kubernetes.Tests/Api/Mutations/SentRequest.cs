using System.Text;

namespace Kubernetes.Tests.Api.Mutations;

/// <summary>One request as bytes.</summary>
internal sealed record SentRequest(string Method, string Path, string? ContentType, byte[] Body, string Accept = "application/json")
{
    public static SentRequest Of(string method, string path, string? contentType = null, string body = "") => new(method, path, contentType, Encoding.UTF8.GetBytes(body));

    public override string ToString() => $"{Method} {Path} [{ContentType}] {Encoding.Latin1.GetString(Body)}";

    public HttpRequestMessage Message(Uri server)
    {
        // HTTP/1.1, where a path that cannot be is answered with 400; HTTP/2 ends the stream. Neither dots nor escapes are tidied up on the way
        var uri = new Uri(server.GetLeftPart(UriPartial.Authority) + Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(Method), uri) { Version = new Version(1, 1) };
        message.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Body.Length > 0 || ContentType is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }
        return message;
    }
}
