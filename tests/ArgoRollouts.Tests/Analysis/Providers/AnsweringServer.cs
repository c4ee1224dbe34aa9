using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ArgoRollouts.Tests.Analysis.Providers;

/// <summary>A real HTTP server on a free port, which answers as the test says and remembers what it was asked.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private AnsweringServer(WebApplication application, string address) => (this.application, Address) = (application, address);

    public string Address { get; }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Asked Last => Requests.Last();

    public static Task<AnsweringServer> StartAsync(string body, int status = 200, bool tls = false) =>
        StartAsync(_ => Task.FromResult((status, body)), tls);

    public static async Task<AnsweringServer> StartAsync(Func<Asked, Task<(int Status, string Body)>> answer, bool tls = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (tls)
            {
                listen.UseHttps(SelfSigned());
            }
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddRoutingCore();
        var web = builder.Build();
        AnsweringServer? server = null;
        web.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var asked = new Asked(context.Request.Method, context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(),
                context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            server!.Requests.Enqueue(asked);
            (context.Response.StatusCode, var body) = await answer(asked);
            await context.Response.WriteAsync(body);
        });
        await web.StartAsync();
        server = new(web, web.Urls.Single());
        return server;
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record Asked(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers);
