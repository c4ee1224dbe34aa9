using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kubernetes.Tests.Api.Admission;

/// <summary>A webhook's server: it answers as it is told, and keeps what it was asked.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication application;

    private WebhookServer(WebApplication application, X509Certificate2? certificate)
    {
        this.application = application;
        Certificate = certificate;
    }

    /// <summary>Path and request of each review, in order.</summary>
    public ConcurrentQueue<(string Path, JsonNode Request)> Asked { get; } = [];

    /// <summary>From path and request to response.</summary>
    public Func<string, JsonNode, JsonObject> Answer { get; set; } = (_, _) => Allow();

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public X509Certificate2? Certificate { get; }

    public Uri Address => new(application.Urls.First());

    /// <param name="tlsName">The name that its certificate is for; null: without TLS.</param>
    public static async Task<WebhookServer> StartAsync(string? tlsName = null)
    {
        var certificate = tlsName is null ? null : SelfSigned(tlsName);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }
        var server = new WebhookServer(builder.Build(), certificate);
        server.application.Run(server.HandleAsync);
        await server.application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public static JsonObject Allow() => new() { ["allowed"] = true };

    /// <summary>Allows, with a JSON patch.</summary>
    public static JsonObject Patch(string patch) => new()
    {
        ["allowed"] = true, ["patchType"] = "JSONPatch", ["patch"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(patch)),
    };

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        Certificate?.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        var review = (await JsonNode.ParseAsync(http.Request.Body))!;
        var request = review["request"]!;
        Asked.Enqueue((http.Request.Path, request));
        await Gate.WaitAsync(http.RequestAborted);
        var response = Answer(http.Request.Path, request);
        response["uid"] = request["uid"]!.DeepClone();
        await http.Response.WriteAsync(new JsonObject { ["kind"] = "AdmissionReview", ["apiVersion"] = "admission.k8s.io/v1", ["response"] = response }.ToJsonString());
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
