using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Providers.Http;

/// <summary>A request without an answer, told as Go's net/http tells it: Get "http://…": dial tcp 127.0.0.1:1: connect: connection refused.</summary>
public sealed class MetricHttpException : Exception
{
    private MetricHttpException(HttpRequestMessage request, string reason)
        : base($"{Operation(request.Method)} {GoQuote.Quote(Address(request))}: {reason}")
    {
    }

    public static MetricHttpException Timeout(HttpRequestMessage request) =>
        new(request, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)");

    public static MetricHttpException From(HttpRequestMessage request, Exception exception) => new(request, Reason(request.RequestUri, exception));

    private static string Reason(Uri? uri, Exception exception)
    {
        if (uri is null || !uri.IsAbsoluteUri || uri.Scheme is not ("http" or "https"))
        {
            return $"unsupported protocol scheme {GoQuote.Quote(uri is { IsAbsoluteUri: true } ? uri.Scheme : "")}";
        }
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return $"dial tcp: lookup {uri.Host}: no such host";
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"dial tcp {uri.Host}:{uri.Port}: connect: connection refused";
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return $"dial tcp {uri.Host}:{uri.Port}: connect: no route to host";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return "read: connection reset by peer";
                case AuthenticationException:
                    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return "EOF";
            }
        }
        return exception.Message;
    }

    /// <summary>Go names the method with a capital letter only.</summary>
    private static string Operation(HttpMethod method) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(method.Method.ToLowerInvariant());

    private static string Address(HttpRequestMessage request) => request.RequestUri?.OriginalString ?? "";
}
