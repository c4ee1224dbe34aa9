using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ArgoRollouts.Metrics;

/// <summary>The controller's two HTTP servers: /metrics in Prometheus' text format, and /healthz, which answers ok while the process runs.</summary>
internal static class MetricsEndpoint
{
    public static Task RunMetricsAsync(IPEndPoint listen, RolloutsMetrics metrics, ObjectMetrics objects, string version, ILogger logger, CancellationToken cancel)
        => ServeAsync(listen, "/metrics", Exposition.ContentType, () => Text(metrics, objects, version), logger, cancel);

    public static Task RunHealthAsync(IPEndPoint listen, ILogger logger, CancellationToken cancel)
        => ServeAsync(listen, "/healthz", "text/plain; charset=utf-8", () => "ok", logger, cancel);

    internal static string Text(RolloutsMetrics metrics, ObjectMetrics objects, string version)
    {
        var text = new StringBuilder();
        Exposition.Head(text, "argo_rollouts_controller_info", "Running Argo-rollouts version", "gauge");
        text.Append("argo_rollouts_controller_info{").Append(Exposition.Labels(["version"], [version])).Append("} 1\n");
        objects.WriteTo(text);
        foreach (var metric in metrics.All)
        {
            metric.WriteTo(text);
        }

        return text.ToString();
    }

    private static async Task ServeAsync(IPEndPoint listen, string path, string contentType, Func<string> answer, ILogger logger, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listen));
        await using var application = builder.Build();
        application.MapGet(path, () => Results.Text(answer(), contentType));
        await application.StartAsync(cancel);
        logger.LogDebug("serving {Path} at {Endpoint}", path, listen);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            await application.StopAsync(CancellationToken.None);
        }
    }
}
