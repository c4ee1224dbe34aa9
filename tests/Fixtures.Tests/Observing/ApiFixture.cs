using Controllers.Runtime.Client;
using Fixtures.Tests.Observing;
using Kubernetes.Api;

[assembly: AssemblyFixture(typeof(ApiFixture))]

namespace Fixtures.Tests.Observing;

/// <summary>A real API server, without controllers.</summary>
public sealed class ApiFixture : IAsyncLifetime
{
    private int _namespaces;

    public ApiServer Server { get; private set; } = null!;

    public ApiClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await ApiServer.StartAsync(new ApiServerOptions(), CancellationToken.None);
        Client = new ApiClient(Server.AdminConfiguration, "fixtures-tests");
    }

    public async Task<string> NewNamespaceAsync()
    {
        var name = $"history-{Interlocked.Increment(ref _namespaces)}";
        await Client.CreateAsync(Resources.Namespaces, new() { Metadata = new() { Name = name } });
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
