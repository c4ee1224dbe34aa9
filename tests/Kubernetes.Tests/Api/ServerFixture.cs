using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api;
using Kubernetes.Tests.Api;

[assembly: AssemblyFixture(typeof(ServerFixture))]

namespace Kubernetes.Tests.Api;

/// <summary>One server for all tests of the API; each test works in a namespace of its own.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private int namespaces;

    public AuthorizationMode Authorization { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int HistoryLength { get; init; } = new ApiServerOptions().HistoryLength;

    public ApiServer Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServer.StartAsync(new ApiServerOptions { Time = Time, Authorization = Authorization, HistoryLength = HistoryLength }, CancellationToken.None);
        Http = Client(Server.AdminToken);
    }

    public HttpClient Client(string? token, X509Certificate2? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(Server.CaCertificate);
            return chain.Build((X509Certificate2)certificate!);
        };
        var client = new HttpClient(handler) { BaseAddress = Server.Address, DefaultRequestVersion = new Version(2, 0) };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"test-{Interlocked.Increment(ref namespaces)}";
        (await PostAsync("/api/v1/namespaces", $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Code.Should().Be(201);
        return name;
    }

    public Task<Reply> GetAsync(string path, string accept = "application/json") => SendAsync(HttpMethod.Get, path, null, null, accept);

    public Task<Reply> PostAsync(string path, string body, string type = "application/json") => SendAsync(HttpMethod.Post, path, body, type);

    public Task<Reply> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body, "application/json");

    public Task<Reply> PutAsync(string path, JsonNode body) => PutAsync(path, body.ToJsonString());

    public Task<Reply> MergeAsync(string path, string body) => PatchAsync(path, body, "application/merge-patch+json");

    public Task<Reply> PatchAsync(string path, string body, string type) => SendAsync(HttpMethod.Patch, path, body, type);

    public Task<Reply> DeleteAsync(string path, string? options = null) => SendAsync(HttpMethod.Delete, path, options, "application/json");

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body, string? type, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Version = new Version(2, 0) };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
