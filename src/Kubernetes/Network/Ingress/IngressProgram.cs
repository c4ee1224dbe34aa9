using System.Globalization;
using System.Net;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Node.Programs;

namespace Kubernetes.Network.Ingress;

/// <summary>The image <c>registry.k8s.io/ingress-nginx/controller</c>: reads the flags of the real one that matter here.</summary>
/// <param name="listening">Told the address at which the controller takes requests, each time one starts.</param>
/// <param name="random">Decides which requests go to a canary; null: another each time.</param>
/// <param name="slices">EndpointSlices in the version that the cluster serves; null: v1.</param>
public sealed class IngressProgram(Action<IPEndPoint>? listening = null, Random? random = null, Resource<V1EndpointSlice>? slices = null) : IContainerProgram
{
    private const int MetricsPort = 10254;

    public bool ReportsStart => true;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        var http = new IPEndPoint(context.PodIP, int.Parse(Flag(context, "http-port") ?? "80", CultureInfo.InvariantCulture));
        var publish = Flag(context, "publish-service")?.Split('/', 2);
        var options = new IngressOptions
        {
            Configuration = context.Configuration,
            Http = http,
            Metrics = new IPEndPoint(context.PodIP, MetricsPort),
            PodNamespace = context.Pod.Metadata.NamespaceProperty,
            PodName = context.Pod.Metadata.Name,
            IngressClass = Flag(context, "ingress-class") ?? "nginx",
            ControllerClass = Flag(context, "controller-class") ?? "k8s.io/ingress-nginx",
            PublishService = publish is [var @namespace, var name] ? new NamespacedName(@namespace, name) : null,
            EndpointSlices = slices ?? Resources.EndpointSlices,
            Random = random ?? new Random(Guid.NewGuid().GetHashCode()),
            Time = context.Time,
            LoggerFactory = context.LoggerFactory,
        };
        await IngressController.RunAsync(
            options,
            () =>
            {
                context.ReportStarted();
                listening?.Invoke(http);
            },
            stop);
        return 0;
    }

    private static string? Flag(ContainerContext context, string name)
    {
        var prefix = $"--{name}=";
        return context.Command.Concat(context.Arguments).FirstOrDefault(argument => argument.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }
}
