using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Caching;

/// <summary>One informer per resource for all controllers of a process (client-go's <c>SharedInformerFactory</c>).</summary>
public sealed class InformerFactory(ApiClient client, TimeProvider time, ILogger logger)
{
    private readonly Dictionary<object, IInformer> _informers = [];

    public Informer<T> For<T>(Resource<T> resource)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (!_informers.TryGetValue(resource, out var informer))
        {
            _informers[resource] = informer = new Informer<T>(client, resource, time, logger);
        }

        return (Informer<T>)informer;
    }

    /// <summary>One that keeps only the objects of one name, of all namespaces.</summary>
    public Informer<T> Named<T>(Resource<T> resource, string name)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (!_informers.TryGetValue((resource, name), out var informer))
        {
            var options = new ListOptions { FieldSelector = $"metadata.name={name}" };
            _informers[(resource, name)] = informer = new Informer<T>(client, resource, time, logger, options: options);
        }

        return (Informer<T>)informer;
    }

    /// <summary>Completes when every informer asked for so far has its first list.</summary>
    public Task Synced => Task.WhenAll(_informers.Values.Select(informer => informer.Synced));

    /// <summary>Runs every informer asked for so far, until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(_informers.Values.Select(informer => informer.RunAsync(cancel)));
}
