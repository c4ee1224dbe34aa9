using System.Net.Security;

namespace ArgoRollouts.Analysis.Providers.Http;

/// <summary>
/// The connections of all providers: one pool that checks certificates and one that does not, as upstream shares its transports.
/// </summary>
/// <param name="createHandler">Makes a handler that resolves the names of the cluster; null: the system's names only.</param>
/// <param name="time">Measures timeouts.</param>
public sealed class MetricHttp(Func<HttpMessageHandler>? createHandler, TimeProvider time) : IDisposable
{
    private readonly Lazy<HttpMessageInvoker> secure = new(() => new(Create(createHandler)));
    private readonly Lazy<HttpMessageInvoker> insecure = new(() => new(WithoutChecks(Create(createHandler))));

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="request">Disposed with the call.</param>
    /// <param name="checkCertificates">False: any certificate will do.</param>
    /// <param name="timeout">For all of it; zero: no time at all, as a context that has ended.</param>
    /// <param name="cancel">Stops the controller.</param>
    /// <exception cref="MetricHttpException">No answer; the message is Go's.</exception>
    public async Task<MetricResponse> SendAsync(HttpRequestMessage request, bool checkCertificates, TimeSpan timeout, CancellationToken cancel)
    {
        using var _ = request;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        try
        {
            using var response = await (checkCertificates ? secure : insecure).Value.SendAsync(request, either.Token);
            return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw MetricHttpException.Timeout(request);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or NotSupportedException or InvalidOperationException)
        {
            throw MetricHttpException.From(request, e);
        }
    }

    public void Dispose()
    {
        foreach (var invoker in new[] { secure, insecure }.Where(invoker => invoker.IsValueCreated))
        {
            invoker.Value.Dispose();
        }
    }

    private static HttpMessageHandler Create(Func<HttpMessageHandler>? create) => create?.Invoke() ?? new SocketsHttpHandler();

    private static HttpMessageHandler WithoutChecks(HttpMessageHandler handler)
    {
        var inner = handler;
        while (inner is DelegatingHandler { InnerHandler: { } next })
        {
            inner = next;
        }
        switch (inner)
        {
            case SocketsHttpHandler sockets:
#pragma warning disable CA5359, MA0039 // the user asks for it by "insecure: true"
                sockets.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
                break;
            case HttpClientHandler client:
                client.ServerCertificateCustomValidationCallback = (_, _, _, _) => true;
                break;
#pragma warning restore CA5359, MA0039
        }
        return handler;
    }
}
