using System.CommandLine;
using System.Net;

namespace EmbeddedCluster;

/// <summary>The program's options, as <c>--help</c> shows them.</summary>
internal static class CommandLine
{
    private static readonly Option<FileInfo?> Kubeconfig = new("--kubeconfig")
    {
        Description = "Write the administrator's kubeconfig to this file (mode 0600); it is removed again at the end",
    };

    private static readonly Option<DirectoryInfo?> Manifests = new("--manifests")
    {
        Description = "Apply the YAML and JSON files of this folder once the stack is ready",
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Let the cluster's clock run this many times faster",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<ushort> ApiPort = new("--api-port") { Description = "Port of the Kubernetes API on 127.0.0.1; 0 takes a free one" };

    private static readonly Option<ushort> IngressPort = new("--ingress-port") { Description = "Port of the ingress on 127.0.0.1; 0 takes a free one" };

    private static readonly Option<bool> WithoutStack = new("--without-stack")
    {
        Description = "Start Kubernetes alone, without the ingress controller, Argo Rollouts and Argo CD",
    };

    /// <summary>The root command.</summary>
    /// <param name="run">Runs a cluster for a person; gets its options and the folder of manifests to apply.</param>
    /// <param name="serve">Runs one as a server, see <see cref="ServerCommand"/>.</param>
    /// <param name="contain">Runs what an image is, see <see cref="Containers.ContainerCommand"/>.</param>
    public static RootCommand Create(
        Func<ClusterOptions, DirectoryInfo?, CancellationToken, Task<int>> run,
        Func<ClusterOptions, CancellationToken, Task<int>> serve,
        Func<string, IReadOnlyList<string>, CancellationToken, Task<int>> contain)
    {
        Speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() <= 0)
            {
                result.AddError("--speed must be greater than 0");
            }
        });
        Manifests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<DirectoryInfo>() is { Exists: false } folder)
            {
                result.AddError($"--manifests: there is no folder '{folder.FullName}'");
            }
        });

        var command = new RootCommand("A Kubernetes cluster in one process, with the ingress controller, Argo Rollouts and Argo CD installed.")
        {
            Kubeconfig, Manifests, Speed, ApiPort, IngressPort, WithoutStack,
            ServerCommand.Create(serve),
            Containers.ContainerCommand.Create(contain),
        };
        command.SetAction((parsed, cancel) => run(
            new ClusterOptions
            {
                KubeconfigPath = parsed.GetValue(Kubeconfig)?.FullName,
                Speed = parsed.GetValue(Speed),
                ApiEndpoint = new IPEndPoint(IPAddress.Loopback, parsed.GetValue(ApiPort)),
                IngressEndpoint = new IPEndPoint(IPAddress.Loopback, parsed.GetValue(IngressPort)),
                WithStack = !parsed.GetValue(WithoutStack),
            },
            parsed.GetValue(Manifests),
            cancel));
        return command;
    }
}
