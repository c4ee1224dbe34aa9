using System.Net;
using DemoApp;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images;

/// <summary>The image <c>argoproj/rollouts-demo</c>: the tag decides the colour.</summary>
internal sealed class DemoProgram(Randomness randomness) : IContainerProgram
{
    private const int Port = 8080;

    public bool ReportsStart => true;

    public static bool HasTag(string tag) => DemoImage.FromTag(tag) is not null;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var image = DemoImage.FromTag(context.Image.Tag)!.With(context.Environment);
        var options = new DemoOptions
        {
            Listen = new IPEndPoint(context.PodIP, Port),
            Color = image.Color,
            LatencySeconds = image.LatencySeconds,
            ErrorRate = image.ErrorRate,
            Time = context.Time,
            Random = randomness.For($"demo {context.Pod.Metadata.NamespaceProperty}/{context.Pod.Metadata.Name}"),
            Log = context.Output,
        };
        await DemoServer.RunAsync(options, context.ReportStarted, stop, context.Kill);
        return 0;
    }
}
