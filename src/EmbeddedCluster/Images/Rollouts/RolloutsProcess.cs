using System.Net;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images.Rollouts;

/// <summary>
/// The image <c>quay.io/argoproj/argo-rollouts</c> as a real controller: a process of this machine with the arguments of the Deployment and a kubeconfig of its pod's
/// own service account. Upstream's program listens on all addresses, where replicas and other pods would collide, so it gets free ports, and
/// the pod's own lead there.
/// </summary>
/// <param name="program">Its file.</param>
internal sealed class RolloutsProcess(string program) : IContainerProgram
{
    private const int MetricsPort = 8090; // upstream's defaults, controller/controller.go
    private const int HealthPort = 8080;

    private readonly ProcessProgram _process = new(program);

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var kubeconfig = Path.Combine(context.WorkingFolder(), "kubeconfig");
        KubeconfigFile.Write(kubeconfig, ServiceAccountKubeconfig.Yaml(context.Configuration, context.Pod.Metadata.NamespaceProperty));
        var metrics = PortFlag.Read(context.Arguments, "--metricsPort", MetricsPort);
        var health = PortFlag.Read(context.Arguments, "--healthzPort", HealthPort);
        await using var metricsForward = PortForward.Start(new IPEndPoint(context.PodIP, metrics));
        await using var healthForward = PortForward.Start(new IPEndPoint(context.PodIP, health));
        var arguments = PortFlag.Write(PortFlag.Write(context.Arguments, "--metricsPort", metricsForward.To.Port), "--healthzPort", healthForward.To.Port);
        await context.Output.WriteLineAsync($"image {context.Image} is {program} {string.Join(' ', arguments)}");

        // upstream asks the environment, then a file that a process has not got (utils/defaults/defaults.go)
        var environment = new Dictionary<string, string>(context.Environment);
        environment.TryAdd("POD_NAMESPACE", context.Pod.Metadata.NamespaceProperty);
        return await _process.RunAsync(context with { Command = [program], Arguments = [.. arguments, $"--kubeconfig={kubeconfig}"], Environment = environment }, stop);
    }
}
