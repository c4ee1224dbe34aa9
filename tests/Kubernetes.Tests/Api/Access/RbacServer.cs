using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api;

namespace Kubernetes.Tests.Api.Access;

/// <summary>A server that enforces RBAC, for one class of tests; each test makes accounts and namespaces of its own.</summary>
public sealed class RbacServer : IAsyncLifetime
{
    private const string Rbac = "/apis/rbac.authorization.k8s.io/v1";
    private readonly ServerFixture server = new() { Authorization = AuthorizationMode.Rbac };
    private int accounts;

    public ServerFixture Admin => server;

    public ApiServer Server => server.Server;

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>A new service account in a new namespace, and a client that acts as it.</summary>
    public async Task<Account> AccountAsync()
    {
        var space = await server.NewNamespaceAsync();
        var name = $"robot-{Interlocked.Increment(ref accounts)}";
        (await server.PostAsync($"/api/v1/namespaces/{space}/serviceaccounts", $$$"""{"metadata":{"name":"{{{name}}}"}}""")).Code.Should().Be(201);
        return new Account(space, name, server.Client(Server.ConfigurationFor(space, name).AccessToken));
    }

    /// <summary>Gives a service account rules in its namespace, or (cluster) everywhere.</summary>
    public async Task GrantAsync(Account account, string rules, bool cluster = false)
    {
        var (role, kind, scope) = cluster
            ? ("clusterroles", "ClusterRole", Rbac)
            : ("roles", "Role", $"{Rbac}/namespaces/{account.Namespace}");
        (await server.PostAsync($"{scope}/{role}", $$$"""{"metadata":{"name":"{{{account.Name}}}"},"rules":{{{rules}}}}""")).Code.Should().Be(201);
        var bindings = cluster ? "clusterrolebindings" : "rolebindings";
        var binding = $$$"""
            {"metadata":{"name":"{{{account.Name}}}"},"roleRef":{"kind":"{{{kind}}}","name":"{{{account.Name}}}"},
             "subjects":[{"kind":"ServiceAccount","name":"{{{account.Name}}}","namespace":"{{{account.Namespace}}}"}]}
            """;
        (await server.PostAsync($"{scope}/{bindings}", binding)).Code.Should().Be(201);
    }
}

/// <summary>A service account, and requests as it.</summary>
public sealed record Account(string Namespace, string Name, HttpClient Http)
{
    public string User => $"system:serviceaccount:{Namespace}:{Name}";

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response);
    }
}
