using k8s.Models;
using Kubernetes.Node.Probes;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Containers;

/// <summary>Runs a container's <c>postStart</c> or <c>preStop</c> handler: a command, a request, or a pause (<c>pkg/kubelet/lifecycle</c>).</summary>
internal static class LifecycleHook
{
    // the grace period, not the hook, ends what takes too long
    private const int TimeoutSecondsMax = 3600;

    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> RunAsync(
        V1LifecycleHandler handler, ContainerContext context, IContainerProgram program, Prober prober, CancellationToken cancel)
    {
        if (handler.Sleep is { } sleep)
        {
            await Task.Delay(TimeSpan.FromSeconds(sleep.Seconds), context.Time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }

        var probe = new V1Probe { Exec = handler.Exec, HttpGet = handler.HttpGet, TcpSocket = handler.TcpSocket, TimeoutSeconds = TimeoutSecondsMax };
        try
        {
            var outcome = await prober.ProbeAsync(probe, context, program, cancel);
            return outcome.Success ? null : outcome.Message;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return "the grace period was over";
        }
    }
}
