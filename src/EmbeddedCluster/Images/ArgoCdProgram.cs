using System.Globalization;
using System.Net;
using ArgoCd;
using ArgoCd.Server;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images;

/// <summary>The image <c>quay.io/argoproj/argocd</c>: the name of the program decides which part runs, as in upstream's image.</summary>
internal sealed class ArgoCdProgram : IContainerProgram
{
    private const string Extensions = "/tmp/extensions";

    public bool ReportsStart => true;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var line = context.Command.Concat(context.Arguments).ToList();
        switch (line.Select(Path.GetFileName).FirstOrDefault(name => name!.StartsWith("argocd-", StringComparison.Ordinal)))
        {
            case "argocd-application-controller":
                await ApplicationController.RunAsync(Controller(context, line), stop);
                return 0;
            case "argocd-server":
                await ArgoCdServer.RunAsync(Server(context, line), stop);
                return 0;
            case var other:
                await context.Output.WriteLineAsync($"exec: \"{other ?? string.Join(' ', line)}\": not a program of this image that is supported");
                return 127;
        }
    }

    private static ApplicationControllerOptions Controller(ContainerContext context, List<string> line) => new()
    {
        Configuration = context.Configuration,
        Namespace = context.Pod.Metadata.NamespaceProperty,
        Time = context.Time,
        LoggerFactory = context.LoggerFactory,
        Metrics = new IPEndPoint(context.PodIP, Port(line, "--metrics-port=", 8082)),
        CacheFolder = context.WorkingFolder(),
        Started = context.ReportStarted,
    };

    private static ArgoCdServerOptions Server(ContainerContext context, List<string> line) => new()
    {
        Configuration = context.Configuration,
        Namespace = context.Pod.Metadata.NamespaceProperty,
        Time = context.Time,
        LoggerFactory = context.LoggerFactory,
        Listen = new IPEndPoint(context.PodIP, Port(line, "--port=", 8080)),
        ExtensionsFolder = new Mounts(context.Mounts).Find(Extensions),
        CacheFolder = context.WorkingFolder(),
        Listening = _ => context.ReportStarted(),
    };

    private static int Port(List<string> line, string flag, int fallback)
        => line.Find(argument => argument.StartsWith(flag, StringComparison.Ordinal)) is { } given
            ? int.Parse(given[flag.Length..], CultureInfo.InvariantCulture)
            : fallback;
}
