using System.Net;
using DemoApp;
using Kubernetes.Node.Programs;

namespace Kubernetes.Tests.Cluster;

/// <summary>The demo app as an image.</summary>
internal sealed class DemoProgram : IContainerProgram
{
    public bool ReportsStart => true;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var image = DemoImage.FromTag(context.Image.Tag)!.With(context.Environment);
        var options = new DemoOptions
        {
            Listen = new IPEndPoint(context.PodIP, 8080),
            Color = image.Color,
            ErrorRate = image.ErrorRate,
            LatencySeconds = image.LatencySeconds,
            Time = context.Time,
            Log = context.Output,
        };
        await DemoServer.RunAsync(options, context.ReportStarted, stop, context.Kill);
        return 0;
    }
}
