using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DemoApp;

/// <summary>
/// The tutorial's demo: <c>/color</c> answers the colour as a JSON string, <c>/</c> shows it as coloured tiles, <c>/metrics</c> counts.
/// Kestrel without a host around it, so that forty of them start at once.
/// </summary>
public sealed class DemoServer : IHttpApplication<HttpContext>
{
    private readonly DemoOptions _options;
    private readonly DemoMetrics _metrics = new();
    private volatile bool _closing;

    private DemoServer(DemoOptions options) => _options = options;

    /// <summary>Serves until cancelled, and then for <see cref="DemoOptions.TerminationDelay"/> more.</summary>
    /// <param name="options">How to serve.</param>
    /// <param name="started">Told when it takes requests.</param>
    /// <param name="stop">SIGTERM.</param>
    /// <param name="kill">Ends the delay and the requests under way.</param>
    public static async Task RunAsync(DemoOptions options, Action? started, CancellationToken stop, CancellationToken kill = default)
    {
        var server = new DemoServer(options);
        var kestrelOptions = new KestrelServerOptions { AddServerHeader = false };
        kestrelOptions.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        using var kestrel = new KestrelServer(
            Options.Create(kestrelOptions),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        await kestrel.StartAsync(server, stop);
        await options.Log.WriteLineAsync($"Started server on {options.Listen}");
        started?.Invoke();

        await WaitAsync(stop);
        server._closing = true;
        await options.Log.WriteLineAsync($"Signal terminated caught. Shutting down in {options.TerminationDelay.TotalSeconds}s");
        await Task.Delay(options.TerminationDelay, options.Time, kill).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await kestrel.StopAsync(kill);
        await options.Log.WriteLineAsync("Server stopped");
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
        // nothing is kept beside the features, which are the server's
    }

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context)
    {
        if (_closing)
        {
            context.Response.Headers.Connection = "close"; // SetKeepAlivesEnabled(false)
        }

        switch (context.Request.Path.Value)
        {
            case "/color":
                return AnswerColorAsync(context);
            case "/":
                context.Response.ContentType = "text/html; charset=utf-8";
                return context.Response.WriteAsync(DemoPage.Html, context.RequestAborted);
            case "/metrics":
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                return context.Response.WriteAsync(_metrics.Write(), context.RequestAborted);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                context.Response.ContentType = "text/plain; charset=utf-8";
                return context.Response.WriteAsync("404 page not found\n", context.RequestAborted);
        }
    }

    private async Task AnswerColorAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var body = "";
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            using var reader = new StreamReader(context.Request.Body);
            body = await reader.ReadToEndAsync(context.RequestAborted);
        }

        ColorAnswer answer;
        try
        {
            answer = ColorAnswer.For(_options, ColorRequest.Read(body), Draw);
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            await _options.Log.WriteLineAsync($"{body}: {exception.Message}");
            await context.Response.WriteAsync(exception.Message, context.RequestAborted);
            return;
        }

        if (answer.Delay > TimeSpan.Zero)
        {
            await Task.Delay(answer.Delay, _options.Time, context.RequestAborted);
        }

        _metrics.Count(answer);
        context.Response.StatusCode = answer.StatusCode;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync($"\"{answer.Color}\"", context.RequestAborted);
        await _options.Log.WriteLineAsync($"{answer.StatusCode} - {answer.Color}{(answer.Delay > TimeSpan.Zero ? $" ({answer.Delay.TotalSeconds:F6}s)" : "")}");
    }

    private int Draw(int bound)
    {
        lock (_options.Random)
        {
            return _options.Random.Next(bound);
        }
    }

    private static async Task WaitAsync(CancellationToken cancel)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(() => cancelled.TrySetResult());
        await cancelled.Task;
    }
}
