using Kubernetes.Node.Programs;

namespace Kubernetes.Tests.Cluster;

/// <summary>An image whose behaviour a test gives.</summary>
internal sealed class ScriptedProgram(Func<ContainerContext, CancellationToken, Task<int>> run) : IContainerProgram
{
    public Task<int> RunAsync(ContainerContext context, CancellationToken stop) => run(context, stop);
}
