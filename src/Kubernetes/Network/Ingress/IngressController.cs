using System.Threading.Channels;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Network.Ingress.Metrics;
using Kubernetes.Network.Ingress.Proxying;
using Kubernetes.Network.Ingress.Routing;
using Kubernetes.Network.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Network.Ingress;

/// <summary>
/// An ingress controller in the place of ingress-nginx: routes HTTP by host and path to the pods behind services, and follows
/// ingresses, services and EndpointSlices through the Kubernetes API alone.
/// </summary>
public static class IngressController
{
    /// <summary>Runs until cancelled, then finishes the requests under way.</summary>
    /// <param name="options">Access and addresses.</param>
    /// <param name="listening">Told once when it takes requests by the routes of the cluster.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(IngressOptions options, Action? listening, CancellationToken cancel)
    {
        var logger = options.LoggerFactory.CreateLogger("Kubernetes.Network.Ingress");
        using var client = new ApiClient(options.Configuration, "nginx-ingress-controller");
        var informers = new InformerFactory(client, options.Time, logger);
        var observed = new ObservedIngresses(informers, options);
        var metrics = new RequestMetrics(options.PodNamespace, options.PodName, options.ControllerClass);
        using var proxy = new IngressProxy(metrics, options.Time, options.Random, options.LoggerFactory);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var informing = informers.RunAsync(stop.Token);
        try
        {
            await informers.Synced.WaitAsync(cancel);
            proxy.Use(observed.Routes());
            await using var http = await BareHttpServer.StartAsync(options.Http, proxy.HandleAsync, logger, cancel);
            await using var admin = await BareHttpServer.StartAsync(options.Metrics, context => AdminAsync(context, metrics), logger, cancel);
            logger.LogInformation("NGINX Ingress controller: serving {Http}, metrics on {Metrics}", options.Http, options.Metrics);
            listening?.Invoke();
            await FollowAsync(observed, proxy, client, options, cancel);
            using var finishing = new CancellationTokenSource(TimeSpan.FromSeconds(10), options.Time);
            await http.StopAsync(finishing.Token);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            await stop.CancelAsync();
            await informing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FollowAsync(ObservedIngresses observed, IngressProxy proxy, ApiClient client, IngressOptions options, CancellationToken cancel)
    {
        try
        {
            do
            {
                proxy.Use(observed.Routes());
                foreach (var (ingress, status) in observed.StatusesNeeded(options.PublishService))
                {
                    await IngressStatus.WriteAsync(client, ingress, status, cancel);
                }
            }
            while (await observed.ChangedAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopping
        }
    }

    private static Task AdminAsync(HttpContext context, RequestMetrics metrics)
    {
        switch (context.Request.Path.Value)
        {
            case "/healthz":
                return context.Response.WriteAsync("ok");
            case "/metrics":
                context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
                return context.Response.WriteAsync(metrics.Write());
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return context.Response.WriteAsync("404 page not found\n");
        }
    }

    /// <summary>The objects that decide about routes, as the informers show them.</summary>
    private sealed class ObservedIngresses
    {
        private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private readonly IngressOptions _options;
        private readonly ILister<V1Ingress> _ingresses;
        private readonly ILister<V1IngressClass> _classes;
        private readonly ILister<V1Service> _services;
        private readonly ILister<V1EndpointSlice> _slices;

        public ObservedIngresses(InformerFactory informers, IngressOptions options)
        {
            _options = options;
            _ingresses = Follow(informers.For(Resources.Ingresses));
            _classes = Follow(informers.For(Resources.IngressClasses));
            _services = Follow(informers.For(Resources.Services));
            _slices = Follow(informers.For(options.EndpointSlices));
        }

        public async Task<bool> ChangedAsync(CancellationToken cancel) => await _changed.Reader.ReadAsync(cancel);

        public RouteTable Routes() => RouteTableFrom.Observed(_ingresses.List(), Classes(), _services.Find, SlicesOf());

        public IEnumerable<(V1Ingress Ingress, V1IngressStatus Status)> StatusesNeeded(NamespacedName? publish)
        {
            if (publish is null)
            {
                yield break;
            }

            var service = _services.Find(publish.Value);
            var classes = Classes();
            foreach (var ingress in _ingresses.List().Where(ingress => RouteTableFrom.IsOurs(ingress, classes)))
            {
                if (IngressStatus.Needed(ingress, service) is { } status)
                {
                    yield return (ingress, status);
                }
            }
        }

        private HashSet<string> Classes()
            => [_options.IngressClass, .. _classes.List().Where(@class => @class.Spec?.Controller == _options.ControllerClass).Select(@class => @class.Metadata.Name)];

        private Func<NamespacedName, IEnumerable<V1EndpointSlice>> SlicesOf()
        {
            var byService = _slices.List().ToLookup(slice => new NamespacedName(slice.Metadata.NamespaceProperty, slice.Metadata.Label(ServiceBackends.ServiceName) ?? ""));
            return name => byService[name];
        }

        private ILister<T> Follow<T>(Informer<T> informer)
            where T : class, k8s.IKubernetesObject<V1ObjectMeta>
        {
            informer.OnChange(_ => _changed.Writer.TryWrite(true));
            return informer.Lister;
        }
    }
}
