using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images.Extensions;

/// <summary>
/// The image <c>quay.io/argoprojlabs/argocd-extension-installer</c>: an init container of argocd-server that brings one UI extension into
/// the volume at <c>/tmp/extensions</c>.
/// </summary>
internal sealed class ExtensionInstallerProgram : IContainerProgram
{
    private const string Target = "/tmp/extensions";

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        using var http = new HttpClient(context.Dns.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        var folder = new Mounts(context.Mounts).Find(Target) ?? Path.Combine(context.WorkingFolder(), "extensions");
        return await new ExtensionInstaller(http, TimeProvider.System, context.Output).RunAsync(context.Environment, folder, stop);
    }
}
