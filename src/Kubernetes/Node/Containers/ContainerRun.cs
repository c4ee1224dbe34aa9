using k8s.Models;
using Kubernetes.Node.Logs;
using Kubernetes.Node.Probes;
using Kubernetes.Node.Programs;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Containers;

/// <summary>One run of a container's program, from its start to its exit, with its probes.</summary>
internal sealed class ContainerRun(PodSurroundings pod, V1Container container, IContainerProgram program, IContainerRunObserver observer)
{
    private int _stopping;

    public async Task<ContainerExit> RunAsync(ContainerContext context, LogBuffer log)
    {
        using var stop = new CancellationTokenSource();
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(pod.Kill);
        using var probing = new CancellationTokenSource();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reporting = context with { ReportStarted = () => started.TrySetResult(), Kill = kill.Token };
        var running = Task.Run(() => RunProgramAsync(reporting, stop.Token), CancellationToken.None);
        if (program.ReportsStart)
        {
            await Task.WhenAny(started.Task, running);
        }

        await using var terminating = pod.Terminate.Register(() => _ = StopAsync(reporting, stop, kill.Token));
        await PostStartAsync(reporting, stop, kill);
        pod.Node.Commands.Began(reporting, program, log);
        observer.Running();
        var probes = ProbeAsync(reporting, stop, kill, probing.Token);
        try
        {
            return await running.WaitAsync(kill.Token);
        }
        catch (OperationCanceledException) when (kill.IsCancellationRequested)
        {
            // a process is gone a moment after; code of this process that does not listen can only be left behind
            await ((Task)running).WaitAsync(TimeSpan.FromSeconds(1), pod.Node.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ContainerExit.Killed;
        }
        finally
        {
            pod.Node.Commands.Ended(reporting);
            await probing.CancelAsync();
            await probes;
            await context.Output.DisposeAsync();
            log.Close();
        }
    }

    private async Task<ContainerExit> RunProgramAsync(ContainerContext context, CancellationToken stop)
    {
        try
        {
            return ContainerExit.Of(await program.RunAsync(context, stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ContainerExit.Of(0);
        }
        catch (ContainerStartException exception)
        {
            _ = pod.Node.Events.WarningAsync(pod.Pod, "Failed", $"Error: {exception.Message}");
            return new ContainerExit(128, "StartError", exception.Message);
        }
        catch (Exception exception)
        {
            pod.Node.LoggerFactory.CreateLogger("Kubernetes.Node").LogDebug(exception, "{Container} of {Pod}", container.Name, pod.Pod.Metadata.Name);
            await context.Output.WriteLineAsync(exception.Message);
            return ContainerExit.Of(1);
        }
    }

    private async Task ProbeAsync(ContainerContext context, CancellationTokenSource stop, CancellationTokenSource kill, CancellationToken cancel)
    {
        if (container.StartupProbe is { } startup)
        {
            await LoopAsync(startup, "Startup", eager: false, verdict: passed =>
            {
                if (!passed)
                {
                    Restart("startup", startup);
                }

                return true;
            });
            if (cancel.IsCancellationRequested || stop.IsCancellationRequested)
            {
                return;
            }
        }

        observer.Started();
        var loops = new List<Task>();
        if (container.ReadinessProbe is { } readiness)
        {
            loops.Add(LoopAsync(readiness, "Readiness", eager: true, verdict: passed =>
            {
                observer.Ready(passed);
                return false;
            }));
        }
        else
        {
            observer.Ready(true);
        }

        if (container.LivenessProbe is { } liveness)
        {
            loops.Add(LoopAsync(liveness, "Liveness", eager: false, verdict: passed =>
            {
                if (!passed)
                {
                    Restart("liveness", liveness);
                }

                return !passed;
            }));
        }

        await Task.WhenAll(loops);

        Task LoopAsync(V1Probe probe, string kind, bool eager, Func<bool, bool> verdict) => ProbeLoop.RunAsync(
            probe,
            () => pod.Node.Prober.ProbeAsync(probe, context, program, cancel),
            outcome => Unhealthy(kind, outcome),
            verdict,
            eager,
            pod.Node.Time,
            cancel);

        void Restart(string kind, V1Probe probe)
        {
            _ = pod.Node.Events.NormalAsync(pod.Pod, "Killing", $"Container {container.Name} failed {kind} probe, will be restarted");
            var grace = TimeSpan.FromSeconds(probe.TerminationGracePeriodSeconds ?? pod.Pod.Spec.TerminationGracePeriodSeconds ?? 30);
            _ = KillAfterAsync(kill, grace, cancel);
            _ = StopAsync(context, stop, kill.Token);
        }
    }

    // a container counts as running when its hook is through; one whose hook fails is restarted
    private async Task PostStartAsync(ContainerContext context, CancellationTokenSource stop, CancellationTokenSource kill)
    {
        if (container.Lifecycle?.PostStart is { } handler
            && await LifecycleHook.RunAsync(handler, context, program, pod.Node.Prober, pod.Kill) is { } problem)
        {
            _ = pod.Node.Events.WarningAsync(pod.Pod, "FailedPostStartHook", $"PostStartHook failed: {problem}");
            await StopAsync(context, stop, kill.Token);
        }
    }

    // SIGTERM comes after the hook, within the same grace period
    private async Task StopAsync(ContainerContext context, CancellationTokenSource stop, CancellationToken kill)
    {
        await Task.Yield();
        if (container.Lifecycle?.PreStop is { } handler && Interlocked.Exchange(ref _stopping, 1) == 0
            && await LifecycleHook.RunAsync(handler, context, program, pod.Node.Prober, kill) is { } problem)
        {
            _ = pod.Node.Events.WarningAsync(pod.Pod, "FailedPreStopHook", $"PreStopHook failed: {problem}");
        }

        try
        {
            await stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // the program ended by itself meanwhile
        }
    }

    private async Task KillAfterAsync(CancellationTokenSource kill, TimeSpan grace, CancellationToken ended)
    {
        await Task.Delay(grace, pod.Node.Time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCancellationRequested)
        {
            await kill.CancelAsync();
        }
    }

    private void Unhealthy(string kind, ProbeOutcome outcome)
        => _ = pod.Node.Events.WarningAsync(pod.Pod, "Unhealthy", $"{kind} probe failed: {outcome.Message}");
}

/// <summary>Is told what a run of a container comes to.</summary>
internal interface IContainerRunObserver
{
    void Running();

    void Started();

    void Ready(bool ready);
}
