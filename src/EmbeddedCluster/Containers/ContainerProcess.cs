using System.Net;
using Controllers.Runtime.Client;
using EmbeddedCluster.Images;
using EmbeddedCluster.Programs;
using k8s;
using k8s.Models;
using Kubernetes.Network;
using Kubernetes.Network.Ingress;
using Kubernetes.Node.Images;
using Kubernetes.Node.Programs;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Containers;

/// <summary>A container's process on a node of another cluster: its own address, clock, names and service account.</summary>
internal static class ContainerProcess
{
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The code of a shell that finds no program.</summary>
    private const int NotFound = 127;

    /// <returns>The exit code; the reason of a failure stands in the log, which is standard output.</returns>
    public static async Task<int> RunAsync(string image, IReadOnlyList<string> arguments, CancellationToken stop)
    {
        try
        {
            var reference = ImageReference.Parse(image);
            var access = InPod() ? Access() : new KubernetesClientConfiguration();
            var program = await ProgramAsync(reference, access, stop);
            if (program is null)
            {
                await Console.Out.WriteLineAsync($"image {image}: this program does not have it");
                return NotFound;
            }

            using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
            return await program.RunAsync(Context(reference, arguments, access, loggers), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure) when (failure is FormatException or ApiException or HttpRequestException or ProgramMissingException or IOException)
        {
            await Console.Out.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static bool InPod() => File.Exists($"{Account}/token");

    private static KubernetesClientConfiguration Access()
    {
        var access = KubernetesClientConfiguration.InClusterConfig();
        access.AccessToken = File.ReadAllText($"{Account}/token").Trim(); // for programs that are handed a copy; the client itself reads it anew
        return access;
    }

    /// <summary>Only what the image needs is looked for.</summary>
    private static async Task<IContainerProgram?> ProgramAsync(ImageReference image, KubernetesClientConfiguration access, CancellationToken stop)
    {
        var randomness = new Randomness(null);
        var images = StackImages.Catalogue(new IngressProgram(), randomness, rollouts: null);
        if (images.Find(image) is IngressProgram)
        {
            return new IngressProgram(slices: await SlicesAsync(access, stop));
        }

        if (image.Repository == StackImages.Prometheus)
        {
            images.AddPrometheus(await new ProgramFinder().FindAsync(PinnedPrograms.Prometheus.OnThisMachine(), stop));
        }

        return images.Find(image);
    }

    /// <summary>EndpointSlices are v1 since Kubernetes 1.21; the beta's fields that are read here were the same.</summary>
    private static async Task<Resource<V1EndpointSlice>> SlicesAsync(KubernetesClientConfiguration access, CancellationToken stop)
    {
        using var client = new ApiClient(access, "nginx-ingress-controller");
        var slices = Resources.EndpointSlices;
        return await client.ServesAsync(slices, stop) ? slices : slices with { Version = "v1beta1" };
    }

    private static ContainerContext Context(ImageReference image, IReadOnlyList<string> arguments, KubernetesClientConfiguration access, ILoggerFactory loggers)
    {
        var environment = Environment.GetEnvironmentVariables();
        var @namespace = InPod() ? File.ReadAllText($"{Account}/namespace").Trim() : "default";
        return new ContainerContext
        {
            Pod = new V1Pod { Metadata = new V1ObjectMeta { Name = Environment.MachineName, NamespaceProperty = @namespace }, Spec = new V1PodSpec() },
            Container = new V1Container { Name = image.Repository[(image.Repository.LastIndexOf('/') + 1)..], Image = image.ToString() },
            Image = image,
            PodIP = IPAddress.Any,
            Environment = environment.Keys.Cast<string>().ToDictionary(name => name, name => (string)environment[name]!),
            Command = [],
            Arguments = arguments,
            Configuration = access,
            Time = TimeProvider.System,
            Dns = ClusterDns.None,
            Mounts = new Dictionary<string, string> { ["/"] = "/" },
            WorkingFolder = () => Directory.CreateTempSubdirectory("container-").FullName,
            Output = Console.Out,
            LoggerFactory = loggers,
            ReportStarted = () => { },
        };
    }
}
