using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using k8s;
using Kubernetes.Api.Authentication;
using Kubernetes.Api.Hosting;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Api;

/// <summary>
/// A Kubernetes API server in this process, over HTTPS, for kubectl, Helm and any client library. State is in memory and
/// ends with the server. What it does not do is listed in docs/limits.md.
/// </summary>
public sealed class ApiServer : IAsyncDisposable
{
    // tokens handed to pods live as long as any test run
    private static readonly TimeSpan ServiceAccountTokenLifetime = TimeSpan.FromDays(3650);

    private readonly ApiContext api;
    private readonly CancellationTokenSource stopping;
    private WebApplication? application;
    private ITimer? eventExpiry;

    private ApiServer(ApiContext api, string adminToken, X509Certificate2 authority, CancellationTokenSource stopping)
    {
        this.api = api;
        this.stopping = stopping;
        AdminToken = adminToken;
        CaCertificate = authority;
        Address = new Uri("https://127.0.0.1");
    }

    /// <summary>https://127.0.0.1:port</summary>
    public Uri Address { get; private set; }

    /// <summary>Bearer token of the user kubernetes-admin (group system:masters). Secret.</summary>
    public string AdminToken { get; }

    public X509Certificate2 CaCertificate { get; }

    /// <summary>Grows with every write that changes something.</summary>
    internal long Revision => api.Store.Revision;

    public KubernetesClientConfiguration AdminConfiguration => Kubeconfigs.Configuration(Address, CaCertificate, AdminToken);

    /// <summary>A kubeconfig for the administrator, as YAML, with the CA inside. Secret.</summary>
    public string Kubeconfig => Kubeconfigs.Yaml(Address, CaCertificate, AdminToken);

    public static async Task<ApiServer> StartAsync(ApiServerOptions options, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var (authority, certificate) = ServerCertificate.Create(options.Listen.Address, options.AlternativeNames);
        var context = new ApiContext(options.Time, token, authority, options.Authorization, options.Random, options.HistoryLength)
        {
            ContainerLogs = options.ContainerLogs, ContainerCommands = options.ContainerCommands, PodPorts = options.PodPorts,
        };
        var stop = new CancellationTokenSource();
        var server = new ApiServer(context, token, authority, stop);
        var pipeline = new RequestPipeline(context, options.LoggerFactory.CreateLogger<ApiServer>(), stop.Token);
        (server.application, server.Address) =
            await HttpsHost.StartAsync(options.Listen, certificate, options.LoggerFactory, pipeline.HandleAsync, cancellationToken);
        await Bootstrap.RunAsync(context, server.Address, cancellationToken);
        await BootstrapPriorities.RunAsync(context, cancellationToken);
        await BootstrapRoles.RunAsync(context, cancellationToken);
        server.eventExpiry = options.Time.CreateTimer(
            _ => EventExpiry.Sweep(context.Store, options.Time.GetUtcNow()), null, EventExpiry.Interval, EventExpiry.Interval);
        return server;
    }

    /// <summary>
    /// A configuration that acts as a service account: user system:serviceaccount:NAMESPACE:NAME. It is refused (401) while there is no such
    /// account, and once the one that is there now is deleted.
    /// </summary>
    public KubernetesClientConfiguration ConfigurationFor(string @namespace, string serviceAccount)
    {
        var uid = api.Accounts.UidOf("serviceaccounts", @namespace, serviceAccount) ?? "";
        var claims = new TokenClaims(@namespace, serviceAccount) { AccountUid = uid };
        return Kubeconfigs.Configuration(Address, CaCertificate, api.Tokens.Issue(claims, ServiceAccountTokenLifetime));
    }

    /// <summary>A certificate, with its private key, that authenticates as <paramref name="user"/> in <paramref name="groups"/>. Secret.</summary>
    public X509Certificate2 ClientCertificateFor(string user, params IEnumerable<string> groups) => ClientCertificate.Create(CaCertificate, user, groups);

    /// <summary>Lets <paramref name="plugin"/> see and change every create and update until the result is disposed.</summary>
    public IDisposable Admit(Admission.IAdmissionPlugin plugin) => api.Admission.Plugins.Add(plugin);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (eventExpiry is not null)
        {
            await eventExpiry.DisposeAsync();
        }
        if (application is not null)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
            await application.StopAsync(patience.Token);
            await application.DisposeAsync();
        }
        api.Admission.Dispose();
        stopping.Dispose();
    }
}
