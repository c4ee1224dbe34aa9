using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Api.Hosting;

/// <summary>Kestrel with nothing around it: HTTP/1.1 and HTTP/2 over TLS, no limit that could cut a watch.</summary>
internal static class HttpsHost
{
    // kube-apiserver allows 100; more keeps many watches of one client on one connection
    private const int StreamsPerConnectionMax = 1000;

    public static async Task<(WebApplication Application, Uri Address)> StartAsync(
        IPEndPoint listen, X509Certificate2 certificate, ILoggerFactory loggers, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => Configure(options, listen, certificate));
        var application = builder.Build();
        application.UseWebSockets();
        application.Run(handle);
        await application.StartAsync(cancellationToken);
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return (application, Reachable(new Uri(address)));
    }

    /// <summary>Listening on every address, the server is reached by its own process on loopback.</summary>
    private static Uri Reachable(Uri address) => IPAddress.TryParse(address.Host.Trim('[', ']'), out var listening) && (listening.Equals(IPAddress.Any) || listening.Equals(IPAddress.IPv6Any))
        ? new UriBuilder(address) { Host = IPAddress.Loopback.ToString() }.Uri
        : address;

    private static void Configure(KestrelServerOptions options, IPEndPoint listen, X509Certificate2 certificate)
    {
        options.AddServerHeader = false;
        options.AllowSynchronousIO = false;
        options.ResponseHeaderEncodingSelector = _ => Encoding.UTF8; // warnings name fields as they were sent
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.MaxConcurrentConnections = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromHours(12);
        options.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        options.Listen(listen, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1AndHttp2;
            endpoint.UseHttps(https =>
            {
                https.ServerCertificate = certificate;
                // whose it is, and whether it counts, authentication decides: a bad one is a 401 and not a broken connection
                https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                https.AllowAnyClientCertificate();
            });
        });
    }
}
