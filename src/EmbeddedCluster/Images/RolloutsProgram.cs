using System.Net;
using ArgoRollouts;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images;

/// <summary>The image <c>quay.io/argoproj/argo-rollouts</c>: the Rollouts controller; its tag is the version it reports.</summary>
internal sealed class RolloutsProgram : IContainerProgram
{
    private const int MetricsPort = 8090;
    private const int HealthPort = 8080;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var options = new RolloutsOptions
        {
            Configuration = context.Configuration,
            Namespace = context.Pod.Metadata.NamespaceProperty,
            PodName = context.Pod.Metadata.Name,
            Time = context.Time,
            Loggers = context.LoggerFactory,
            Metrics = new IPEndPoint(context.PodIP, MetricsPort),
            Health = new IPEndPoint(context.PodIP, HealthPort),
            HttpHandler = context.Dns.CreateHandler,
            Environment = context.Environment,
            Version = context.Image.Tag,
        };
        await RolloutsController.RunAsync(options, stop);
        return 0;
    }
}
