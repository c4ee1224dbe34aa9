using System.Net;
using Kubernetes.Network.Ingress.Metrics;
using Kubernetes.Network.Ingress.Routing;
using Kubernetes.Network.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Kubernetes.Network.Ingress.Proxying;

/// <summary>
/// Answers requests by the current route table: round robin over the pods of the chosen service, a pod that refuses the connection
/// is passed over for the next one (nginx' <c>proxy_next_upstream error</c>).
/// </summary>
internal sealed class IngressProxy : IDisposable
{
    private const int AttemptsMax = 3; // proxy_next_upstream_tries

    private static readonly ForwarderRequestConfig Config = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromSeconds(60),
    };

    private readonly ServiceProvider _services;
    private readonly IHttpForwarder _forwarder;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    private readonly RequestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Rotation _rotation = new();
    private volatile RouteTable _routes = RouteTable.Empty;

    public IngressProxy(RequestMetrics metrics, TimeProvider time, Random random, ILoggerFactory loggers)
    {
        _metrics = metrics;
        _time = time;
        _random = random;
        _services = new ServiceCollection().AddSingleton(loggers).AddLogging().AddHttpForwarder().BuildServiceProvider();
        _forwarder = _services.GetRequiredService<IHttpForwarder>();
    }

    /// <summary>From now on requests go by these routes; those under way finish where they are. What was counted for ingresses that are gone is forgotten.</summary>
    public void Use(RouteTable routes)
    {
        var before = _routes;
        _routes = routes;
        _metrics.Remove([.. before.Ingresses.Except(routes.Ingresses)]);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var start = _time.GetTimestamp();
        var route = _routes.Find(context.Request.Host.Host, context.Request.Path.Value ?? "/");
        if (route is null)
        {
            await ErrorPage.NoRouteAsync(context);
            return;
        }

        var canary = route.Canary is { Backend.Backends.Count: > 0 } alternative && alternative.Rule.Takes(Header, Cookie, Draw) ? alternative : null;
        var backend = canary?.Backend ?? route.Backend;
        await ForwardAsync(context, backend);
        var ingress = route.Ingress;
        var labels = new RequestLabels(
            ingress.Name, ingress.Namespace, backend.Service.Name, canary is null ? "" : $"{ingress.Namespace}-{canary.Backend.Service.Name}",
            route.Host, route.Path, context.Request.Method, context.Response.StatusCode.ToString());
        if (_routes.Ingresses.Contains(ingress)) // else it went meanwhile
        {
            _metrics.Record(labels, _time.GetElapsedTime(start));
        }

        string? Header(string name) => context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

        string? Cookie(string name) => context.Request.Cookies[name];
    }

    public void Dispose()
    {
        _client.Dispose();
        _services.Dispose();
    }

    private int Draw(int bound)
    {
        lock (_random)
        {
            return _random.Next(bound);
        }
    }

    private async Task ForwardAsync(HttpContext context, RouteBackend backend)
    {
        if (backend.Backends.Count == 0)
        {
            await ErrorPage.NoEndpointsAsync(context);
            return;
        }

        var first = _rotation.Next(backend.Service, backend.Backends.Count);
        for (var attempt = 0; attempt < Math.Min(AttemptsMax, backend.Backends.Count); attempt++)
        {
            var target = backend.Backends[(first + attempt) % backend.Backends.Count].Address;
            var error = await _forwarder.SendAsync(context, $"http://{target}/", _client, Config, ForwardedHeaders.Instance, context.RequestAborted);
            if (error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            if (!MayGoElsewhere(context))
            {
                break;
            }

            context.Response.Clear();
            context.Features.Set<IForwarderErrorFeature>(null);
        }

        context.Response.Clear();
        await ErrorPage.BadGatewayAsync(context);
    }

    // a pod that was not reached saw nothing of the request; one that broke off may have acted on it
    private static bool MayGoElsewhere(HttpContext context)
        => context.Features.Get<IForwarderErrorFeature>()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            || HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
}
