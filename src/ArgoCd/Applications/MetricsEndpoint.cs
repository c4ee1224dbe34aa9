using System.Net;
using System.Text;
using ArgoCd.Json;
using Controllers.Runtime.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArgoCd.Applications;

/// <summary><c>/healthz</c> and <c>/metrics</c> of the application controller: <c>argocd_app_info</c> as upstream labels it.</summary>
internal sealed class MetricsEndpoint : IAsyncDisposable
{
    private readonly WebApplication? _web;

    private MetricsEndpoint(WebApplication? web) => _web = web;

    public static async Task<MetricsEndpoint> StartAsync(
        IPEndPoint? listen, Func<IReadOnlyList<Unstructured>> applications, ILoggerFactory loggers, CancellationToken cancel)
    {
        if (listen is null)
        {
            return new MetricsEndpoint(null);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listen));
        var web = builder.Build();
        web.MapGet("/healthz", http => http.Response.WriteAsync("ok", http.RequestAborted));
        web.MapGet("/metrics", http =>
        {
            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return http.Response.WriteAsync(Text(applications()), http.RequestAborted);
        });
        await web.StartAsync(cancel);
        return new MetricsEndpoint(web);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }
    }

    internal static string Text(IEnumerable<Unstructured> applications)
    {
        var text = new StringBuilder("# HELP argocd_app_info Information about application.\n# TYPE argocd_app_info gauge\n");
        foreach (var application in applications.OrderBy(one => one.Metadata.Name, StringComparer.Ordinal))
        {
            var json = application.Json;
            (string Name, string? Value)[] labels =
            [
                ("dest_namespace", json.Text("spec", "destination", "namespace")),
                ("dest_server", json.Text("spec", "destination", "server")),
                ("health_status", json.Text("status", "health", "status")),
                ("name", application.Metadata.Name),
                ("namespace", application.Metadata.NamespaceProperty),
                ("project", json.Text("spec", "project")),
                ("repo", json.Text("spec", "source", "repoURL")),
                ("sync_status", json.Text("status", "sync", "status")),
            ];
            var pairs = labels.Select(label => $"{label.Name}=\"{(label.Value ?? "").Replace("\\", "\\\\").Replace("\"", "\\\"")}\"");
            text.Append("argocd_app_info{").AppendJoin(',', pairs).Append("} 1\n");
        }

        return text.ToString();
    }
}
