using System.CommandLine;
using System.Net;

namespace EmbeddedCluster;

/// <summary>
/// <c>server</c>, with the flags of <c>k3s server</c> that make sense here (docs.k3s.io/cli/server): the container image starts so, and what
/// starts k3s can start it. The cluster is bare, as k3s is with everything disabled.
/// </summary>
internal static class ServerCommand
{
    private const string KubeconfigDefault = "/etc/rancher/k3s/k3s.yaml";

    /// <summary>What k3s brings along and this cluster never has; asking to leave it out is granted.</summary>
    private static readonly string[] Packaged = ["coredns", "servicelb", "traefik", "local-storage", "metrics-server", "runtimes"];

    private static readonly Option<string[]> Disable = new("--disable") { Description = $"Leave out a packaged component ({string.Join(", ", Packaged)}); there are none here" };

    private static readonly Option<string[]> TlsSan = new("--tls-san") { Description = "A further host name or address for the certificate of the API" };

    private static readonly Option<string> BindAddress = new("--bind-address") { Description = "Where the API listens", DefaultValueFactory = _ => "0.0.0.0" };

    private static readonly Option<ushort> Port = new("--https-listen-port") { Description = "Port of the API", DefaultValueFactory = _ => 6443 };

    private static readonly Option<FileInfo> Kubeconfig = new("--write-kubeconfig", "-o")
    {
        Description = "Write the administrator's kubeconfig to this file",
        DefaultValueFactory = _ => new FileInfo(KubeconfigDefault),
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Let the cluster's clock run this many times faster (not a flag of k3s)",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create(Func<ClusterOptions, CancellationToken, Task<int>> run)
    {
        Disable.Validators.Add(result =>
        {
            foreach (var name in (result.GetValueOrDefault<string[]>() ?? []).SelectMany(names => names.Split(',')).Except(Packaged))
            {
                result.AddError($"--disable: there is no packaged component '{name}'; there are {string.Join(", ", Packaged)}");
            }
        });
        BindAddress.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--bind-address must be an IP address");
            }
        });
        Speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() <= 0)
            {
                result.AddError("--speed must be greater than 0");
            }
        });
        var command = new Command("server", "Start a bare cluster as k3s does: the same port, kubeconfig file and log lines")
        {
            Disable, TlsSan, BindAddress, Port, Kubeconfig, Speed,
        };
        command.SetAction((parsed, cancel) => run(
            new ClusterOptions
            {
                WithStack = false,
                ApiEndpoint = new IPEndPoint(IPAddress.Parse(parsed.GetValue(BindAddress)!), parsed.GetValue(Port)),
                NodeAddress = IPAddress.Any,
                AlternativeNames = parsed.GetValue(TlsSan) ?? [],
                KubeconfigPath = parsed.GetValue(Kubeconfig)!.FullName,
                Speed = parsed.GetValue(Speed),
            },
            cancel));
        return command;
    }
}
