using System.Collections.Concurrent;
using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Events;
using k8s.Models;
using Kubernetes.Node.Addresses;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Pods;
using Kubernetes.Node.Probes;
using Kubernetes.Node.Registration;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node;

/// <summary>The node: registers itself, and runs the pods that are bound to it.</summary>
public static class Kubelet
{
    /// <summary>Runs until cancelled; then every container is stopped, and the pods stay in the API.</summary>
    public static async Task RunAsync(KubeletOptions options, CancellationToken cancel)
    {
        using var client = new ApiClient(options.Configuration, "kubelet");
        using var addresses = new PodAddresses(options.Random);
        using var prober = new Prober();
        var logger = options.LoggerFactory.CreateLogger("Kubernetes.Node");
        var sources = new ApiPodSources(client);
        using var objects = new ObjectWatches(client, options.Time, logger);
        var node = new NodeContext
        {
            HostIP = options.NodeAddress,
            Client = client,
            Events = new EventRecorder(client, "kubelet", options.Time, logger),
            Images = options.Images,
            Logs = options.Logs,
            Commands = options.Commands,
            Environment = new EnvironmentResolver(sources, options.NodeAddress),
            Objects = objects,
            Dns = options.Dns,
            Prober = prober,
            ConfigurationFor = options.ConfigurationFor,
            PodsFolder = options.PodsFolder,
            Time = options.Time,
            LoggerFactory = options.LoggerFactory,
        };
        var registration = new NodeRegistration(
            client, options.NodeName, options.NodeAddress, Capacity(options), options.Time, logger);
        var workers = new ConcurrentDictionary<string, (PodWorker Worker, Task Running)>();
        var ended = new ConcurrentDictionary<string, bool>();
        var mine = new ListOptions { FieldSelector = $"spec.nodeName={options.NodeName}" };
        var pods = new Informer<V1Pod>(client, Resources.Pods, options.Time, logger, options: mine);
        pods.OnChange(change => Dispatch(change));

        var watching = pods.RunAsync(cancel);
        try
        {
            await registration.RegisterAsync(cancel);
            await pods.Synced.WaitAsync(cancel);
            options.Started?.TrySetResult();
            await registration.KeepAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.WhenAll(workers.Values.Select(entry => entry.Running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            RemoveFolder(options.PodsFolder, logger);
        }

        void Dispatch(Change<V1Pod> change)
        {
            var uid = change.Object.Metadata.Uid;
            if (change.Before is { } before && before.Metadata.Uid != uid && workers.TryGetValue(before.Metadata.Uid, out var replaced))
            {
                replaced.Worker.Removed(); // deleted and made anew between two looks
            }

            if (change.After is null)
            {
                if (workers.TryGetValue(uid, out var known))
                {
                    known.Worker.Removed();
                }

                ended.TryRemove(uid, out _);
            }
            else if (ended.ContainsKey(uid))
            {
                // a finalizer keeps it in the API, nothing is left of it here
            }
            else if (workers.TryGetValue(uid, out var known))
            {
                known.Worker.Update(change.After);
            }
            else
            {
                Start(change.After);
            }
        }

        void Start(V1Pod pod)
        {
            var worker = new PodWorker(node, addresses, sources, pod);
            worker.Update(pod);
            var running = Task.Run(
                async () =>
                {
                    try
                    {
                        await worker.RunAsync(cancel);
                        ended[pod.Metadata.Uid] = true;
                        if (pods.Lister.Find(NamespacedName.Of(pod))?.Metadata.Uid != pod.Metadata.Uid)
                        {
                            ended.TryRemove(pod.Metadata.Uid, out _); // no event of it will come any more
                        }
                    }
                    catch (Exception exception)
                    {
                        logger.LogError(exception, "pod {Namespace}/{Pod}", pod.Metadata.NamespaceProperty, pod.Metadata.Name);
                    }
                },
                CancellationToken.None);
            workers[pod.Metadata.Uid] = (worker, running);
            _ = running.ContinueWith(_ => workers.TryRemove(pod.Metadata.Uid, out var _), TaskScheduler.Default);
        }
    }

    private static NodeCapacity Capacity(KubeletOptions options)
        => new(Math.Max(16, System.Environment.ProcessorCount), Math.Max(16L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), options.PodsMax);

    private static void RemoveFolder(string folder, ILogger logger)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (IOException exception)
        {
            logger.LogWarning("pods folder not removed: {Reason}", exception.Message);
        }
    }
}
