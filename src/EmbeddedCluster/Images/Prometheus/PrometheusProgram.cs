using EmbeddedCluster.Programs;
using Kubernetes.Node.Programs;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Images.Prometheus;

/// <summary>
/// The image <c>quay.io/prometheus/prometheus</c>: the real program of this machine as the container's process. Which version it is, its log
/// says; the tag does not decide it.
/// </summary>
internal sealed class PrometheusProgram(FoundProgram program) : IContainerProgram
{
    public bool ReportsStart => true;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        await context.Output.WriteLineAsync($"image {context.Image} is {program.Path}, version {program.Version}, from {program.Source}");
        var mounts = new Mounts(context.Mounts);
        var configFile = PrometheusArguments.ConfigFile(context.Arguments);
        var folder = context.WorkingFolder();
        var place = new PrometheusPlace(
            context.PodIP, folder, mounts.Find(PrometheusArguments.Storage(context.Arguments)) ?? Path.Combine(folder, "data"));
        var pod = new PrometheusPod(program, place, context.Time, context.Output, context.LoggerFactory.CreateLogger<PrometheusProgram>());
        return await pod.RunAsync(
            context.Configuration,
            context.Pod.Metadata.NamespaceProperty,
            await ReadAsync(mounts, configFile, stop),
            context.Arguments,
            context.ReportStarted,
            stop,
            context.Kill);
    }

    private static async Task<string> ReadAsync(Mounts mounts, string configFile, CancellationToken stop)
        => mounts.Find(configFile) is { } file && File.Exists(file)
            ? await File.ReadAllTextAsync(file, stop)
            : throw new FileNotFoundException($"open {configFile}: no such file or directory: mount a ConfigMap that has it");
}
