using EmbeddedCluster.Images.Prometheus.Discovery;
using EmbeddedCluster.Programs;
using k8s;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>Prometheus as a pod has it: with the service account's files, and with what discovers pods for a build that cannot itself.</summary>
internal sealed class PrometheusPod(FoundProgram program, PrometheusPlace place, TimeProvider time, TextWriter log, ILogger logger)
{
    /// <summary>Runs until <paramref name="stop"/> asks it to finish or <paramref name="kill"/> ends it.</summary>
    /// <param name="account">Access to the Kubernetes API as the pod's service account.</param>
    /// <param name="namespace">The pod's.</param>
    /// <param name="configuration">Text of the configuration, as in the ConfigMap.</param>
    /// <param name="arguments">The container's.</param>
    /// <param name="started">Called once the process runs.</param>
    /// <param name="stop">SIGTERM.</param>
    /// <param name="kill">SIGKILL.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidDataException">A configuration that cannot be used.</exception>
    public async Task<int> RunAsync(
        KubernetesClientConfiguration account, string @namespace, string configuration, IReadOnlyList<string> arguments, Action started,
        CancellationToken stop, CancellationToken kill)
    {
        var scale = TimeScale.Of(time);
        var server = new PrometheusServer(program, place, scale, log);
        var files = await ServiceAccountFiles.WriteAsync(account, @namespace, Path.Combine(place.Folder, "serviceaccount"), stop);
        await File.WriteAllTextAsync(server.ConfigFile, PrometheusConfiguration.For(configuration, files, scale), stop);
        var exitCode = await server.RunAsync(arguments, started, stop, kill);
        if (!server.LacksDiscovery || stop.IsCancellationRequested)
        {
            return exitCode;
        }

        await log.WriteLineAsync($"{program.Path} ({program.Version}) was built without Kubernetes discovery: pods are discovered for it");
        var targets = Path.Combine(place.Folder, "pods.json");
        await File.WriteAllTextAsync(server.ConfigFile, PrometheusConfiguration.For(configuration, files, scale, targets), stop);
        using var discovering = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var discovery = new PodDiscovery(account, targets, time, logger).RunAsync(discovering.Token);
        try
        {
            return await server.RunAsync(arguments, started, stop, kill);
        }
        finally
        {
            await discovering.CancelAsync();
            await discovery;
        }
    }
}
