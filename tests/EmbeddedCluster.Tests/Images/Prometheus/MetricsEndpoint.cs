using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Tests.Images.Prometheus;

/// <summary>
/// A pod's metrics: requests that succeed seven times a second and fail once a second, by the cluster's clock. Each scrape can be waited for.
/// </summary>
internal sealed class MetricsEndpoint(TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _scrapes = new(0);
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private WebApplication? _server;

    public int Port => new Uri(_server!.Urls.Single()).Port;

    public async Task StartAsync(IPAddress address, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        _server = builder.Build();
        _server.MapGet("/custom-metrics", () =>
        {
            _scrapes.Release();
            var seconds = (clock.GetUtcNow() - _start).TotalSeconds;
            return Results.Text(
                $$"""
                # TYPE nginx_ingress_controller_requests counter
                nginx_ingress_controller_requests{ingress="app-ingress-by-nginx",namespace="shop",status="200"} {{7 * seconds}}
                nginx_ingress_controller_requests{ingress="app-ingress-by-nginx",namespace="shop",status="500"} {{seconds}}

                """,
                "text/plain; version=0.0.4");
        });
        await _server.StartAsync(cancel);
    }

    /// <summary>Completes after so many more scrapes. All but the last are stored then: a target is scraped again only after that.</summary>
    public async Task ScrapedAsync(int times, CancellationToken cancel)
    {
        for (; times > 0; times--)
        {
            await _scrapes.WaitAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _scrapes.Dispose();
    }
}
