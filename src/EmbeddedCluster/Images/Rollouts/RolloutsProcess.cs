using System.Net;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images.Rollouts;

/// <summary>
/// The image <c>quay.io/argoproj/argo-rollouts</c> as a real controller: a process of this machine with the arguments of the Deployment and a kubeconfig of its pod's
/// own service account. Upstream's program listens on all addresses, where replicas and other pods would collide, so it gets free ports, and
/// the pod's own lead there.
/// </summary>
/// <param name="programs">The files, by the image's tag.</param>
internal sealed class RolloutsProcess(RolloutsPrograms programs) : IContainerProgram
{
    private const string MetricsFlag = "--metricsport"; // so before 1.9, and still understood since
    private const string HealthFlag = "--healthzPort";
    private const int MetricsPort = 8090; // upstream's defaults, controller/controller.go
    private const int HealthPort = 8080;

    private readonly ProcessProgram _process = new();

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var program = programs.Of(context.Image.Tag) ?? throw new ContainerStartException($"there is no program for {context.Image}");
        var kubeconfig = Path.Combine(context.WorkingFolder(), "kubeconfig");
        KubeconfigFile.Write(kubeconfig, ServiceAccountKubeconfig.Yaml(context.Configuration, context.Pod.Metadata.NamespaceProperty));
        var metrics = PortFlag.Read(context.Arguments, MetricsFlag, MetricsPort);
        var health = PortFlag.Read(context.Arguments, HealthFlag, HealthPort);
        await using var metricsForward = PortForward.Start(new IPEndPoint(context.PodIP, metrics));
        await using var healthForward = PortForward.Start(new IPEndPoint(context.PodIP, health));
        var arguments = PortFlag.Write(PortFlag.Write(context.Arguments, MetricsFlag, metricsForward.To.Port), HealthFlag, healthForward.To.Port);
        await context.Output.WriteLineAsync($"image {context.Image} is {program} {string.Join(' ', arguments)}");

        // upstream asks the environment, then a file that a process has not got (utils/defaults/defaults.go)
        var environment = new Dictionary<string, string>(context.Environment);
        environment.TryAdd("POD_NAMESPACE", context.Pod.Metadata.NamespaceProperty);
        return await _process.RunAsync(context with { Command = [program], Arguments = [.. arguments, $"--kubeconfig={kubeconfig}"], Environment = environment }, stop);
    }
}
