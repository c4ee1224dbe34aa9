using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Kubernetes.Network.Ingress.Proxying;

/// <summary>Kestrel with one request handler and no host around it: it starts in milliseconds.</summary>
internal sealed class BareHttpServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly RequestDelegate _handle;
    private readonly ILogger _logger;
    private readonly KestrelServer _server;

    private BareHttpServer(IPEndPoint address, RequestDelegate handle, ILogger logger)
    {
        _handle = handle;
        _logger = logger;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
        options.Limits.MaxRequestBodySize = null;
        _server = new KestrelServer(
            Options.Create(options),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    public static async Task<BareHttpServer> StartAsync(IPEndPoint address, RequestDelegate handle, ILogger logger, CancellationToken cancel)
    {
        var server = new BareHttpServer(address, handle, logger);
        await server._server.StartAsync(server, cancel);
        return server;
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await _handle(context);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            _logger.LogError(exception, "{Method} {Path}", context.Request.Method, context.Request.Path);
            throw;
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // nothing is kept beside the features, which are the server's
    }

    /// <summary>Stops listening; requests under way are finished within the time given by <paramref name="cancel"/>.</summary>
    public Task StopAsync(CancellationToken cancel) => _server.StopAsync(cancel);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }
}
