using k8s.Models;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Images;
using Kubernetes.Node.Logs;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Containers;

/// <summary>Runs one container, again and again as its restart policy says, and keeps its snapshot current.</summary>
internal sealed class ContainerRunner(PodSurroundings pod, V1Container container, string? restartPolicy, Action changed, bool isSidecar = false) : IContainerRunObserver
{
    private static readonly TimeSpan PullBackoffFirst = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PullBackoffMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConfigRetry = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _firstStart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTime _startedAt;

    public ContainerSnapshot Snapshot { get; private set; } = new() { Name = container.Name, Image = container.Image ?? "", IsSidecar = isSidecar };

    /// <summary>Completes when the container has started for the first time.</summary>
    public Task FirstStart => _firstStart.Task;

    private NodeContext Node => pod.Node;

    /// <summary>Completes when the container ended for good: by its policy, or because the pod ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            TimeSpan? backoff = null;
            while (await StartAsync() is { } start)
            {
                var exit = await new ContainerRun(pod, container, start.Program, this).RunAsync(start.Context, start.Log);
                var plan = RestartPlan.For(restartPolicy, exit.Code, Node.Now - _startedAt, backoff);
                var ended = Terminated(exit);
                var over = !plan.Restart || pod.Terminate.IsCancellationRequested;
                Set(snapshot => snapshot with { State = ended, Ready = false, Started = false, Finished = over });
                if (over)
                {
                    return;
                }

                backoff = plan.Wait;
                await BackOffAsync(plan.Wait, ended);
            }
        }
        catch (OperationCanceledException) when (pod.Terminate.IsCancellationRequested)
        {
            // the pod ends while the container waits
        }

        Set(snapshot => snapshot with { Finished = true });
    }

    void IContainerRunObserver.Running()
    {
        _startedAt = Node.Now;
        Set(snapshot => snapshot with { State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = _startedAt } } }, tell: container.StartupProbe is not null);
        _ = Node.Events.NormalAsync(pod.Pod, "Started", $"Started container {container.Name}");
    }

    // told after the first verdict, so that a container without probes becomes running and ready in one write
    void IContainerRunObserver.Started()
    {
        Set(snapshot => snapshot with { Started = true, WasStarted = true }, tell: container.ReadinessProbe is not null);
        _firstStart.TrySetResult();
    }

    void IContainerRunObserver.Ready(bool ready)
    {
        if (Snapshot.Ready != ready)
        {
            Set(snapshot => snapshot with { Ready = ready && snapshot.State.Running is not null });
        }
    }

    private async Task<Start?> StartAsync()
    {
        if (await PullAsync() is not { } pulled || await ConfigureAsync(pulled.Image, pulled.Program) is not { } configured)
        {
            return null;
        }

        Set(snapshot => snapshot with { ImageId = ContainerIdentity.Image(pulled.Image), ContainerId = Id(snapshot.RestartCount) }, tell: false);
        _ = Node.Events.NormalAsync(pod.Pod, "Created", $"Created container: {container.Name}");
        return new Start(pulled.Program, configured.Context, configured.Log);
    }

    private async Task<(ImageReference Image, IContainerProgram Program)?> PullAsync()
    {
        for (var backoff = PullBackoffFirst; ; backoff = backoff * 2 < PullBackoffMax ? backoff * 2 : PullBackoffMax)
        {
            pod.Terminate.ThrowIfCancellationRequested();
            ImageReference image;
            try
            {
                image = ImageReference.Parse(container.Image ?? "");
            }
            catch (FormatException exception)
            {
                _ = Node.Events.WarningAsync(pod.Pod, "InspectFailed", $"Failed to apply default image tag \"{container.Image}\": {exception.Message}");
                await WaitAsync("InvalidImageName", $"Failed to apply default image tag \"{container.Image}\": {exception.Message}", backoff);
                continue;
            }

            if (Node.Images.Find(image) is { } program)
            {
                Announce(image);
                return (image, program);
            }

            await FailPullAsync(image, backoff);
        }
    }

    private void Announce(ImageReference image)
    {
        if (!Node.Pulled.Add(image) && container.ImagePullPolicy != "Always")
        {
            _ = Node.Events.NormalAsync(pod.Pod, "Pulled", $"Container image \"{container.Image}\" already present on machine");
            return;
        }

        _ = Node.Events.NormalAsync(pod.Pod, "Pulling", $"Pulling image \"{container.Image}\"");
        _ = Node.Events.NormalAsync(pod.Pod, "Pulled", $"Successfully pulled image \"{container.Image}\" in 0s (0s including waiting). Image size: 0 bytes.");
    }

    private async Task FailPullAsync(ImageReference image, TimeSpan backoff)
    {
        var error = ImageCatalogue.PullError(image);
        _ = Node.Events.NormalAsync(pod.Pod, "Pulling", $"Pulling image \"{container.Image}\"");
        _ = Node.Events.WarningAsync(pod.Pod, "Failed", $"Failed to pull image \"{container.Image}\": {error}");
        _ = Node.Events.WarningAsync(pod.Pod, "Failed", "Error: ErrImagePull");
        Set(snapshot => snapshot with { State = ContainerSnapshot.Waiting("ErrImagePull", error) });
        await Task.Delay(TimeSpan.FromSeconds(1), Node.Time, pod.Terminate); // seen for a moment, as on a real node

        _ = Node.Events.NormalAsync(pod.Pod, "BackOff", $"Back-off pulling image \"{container.Image}\"");
        _ = Node.Events.WarningAsync(pod.Pod, "Failed", "Error: ImagePullBackOff");
        await WaitAsync("ImagePullBackOff", $"Back-off pulling image \"{container.Image}\": ErrImagePull: {error}", backoff);
    }

    private async Task<(ContainerContext Context, LogBuffer Log)?> ConfigureAsync(ImageReference image, IContainerProgram program)
    {
        while (true)
        {
            try
            {
                var environment = await Node.Environment.ResolveAsync(pod.Pod, container, pod.PodIP, pod.Terminate);
                var mounts = await pod.Volumes.MountAsync(container, program.ReadsApiAccess, pod.Terminate);
                pod.Updates.Follow(pod.Volumes.Shown(container, program.ReadsApiAccess));
                return Context(image, environment, mounts);
            }
            catch (ContainerConfigException exception)
            {
                _ = Node.Events.WarningAsync(pod.Pod, "Failed", $"Error: {exception.Message}");
                await WaitForAsync(exception);
            }
        }
    }

    private (ContainerContext Context, LogBuffer Log) Context(
        ImageReference image, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> mounts)
    {
        var log = Node.Logs.Begin(pod.Pod.Metadata.Uid, container.Name);
        var output = new LogWriter(log, Node.Time);
        var context = new ContainerContext
        {
            Pod = pod.Pod,
            Container = container,
            Image = image,
            PodIP = pod.PodIP,
            Environment = environment,
            Command = [.. (container.Command ?? []).Select(word => Expansion.Expand(word, environment))],
            Arguments = [.. (container.Args ?? []).Select(word => Expansion.Expand(word, environment))],
            Configuration = Node.ConfigurationFor(pod.Pod.Metadata.NamespaceProperty, pod.Pod.Spec.ServiceAccountName ?? "default"),
            Time = Node.Time,
            Dns = Node.Dns.From(pod.Pod.Metadata.NamespaceProperty),
            Mounts = mounts,
            WorkingFolder = () => pod.Volumes.WorkingFolder(container.Name),
            Output = output,
            LoggerFactory = new LogWriterLoggerFactory(output, Node.LoggerFactory),
            ReportStarted = () => { },
        };
        return (context, log);
    }

    private async Task BackOffAsync(TimeSpan wait, V1ContainerState ended)
    {
        if (wait > TimeSpan.Zero)
        {
            _ = Node.Events.WarningAsync(
                pod.Pod, "BackOff", $"Back-off restarting failed container {container.Name} in pod {pod.Pod.Metadata.Name}_{pod.Pod.Metadata.NamespaceProperty}({pod.Pod.Metadata.Uid})");
            var message = $"back-off {RestartPlan.Text(wait)} restarting failed container={container.Name} "
                + $"pod={pod.Pod.Metadata.Name}_{pod.Pod.Metadata.NamespaceProperty}({pod.Pod.Metadata.Uid})";
            Set(snapshot => snapshot with { State = ContainerSnapshot.Waiting("CrashLoopBackOff", message), LastState = ended });
            await Task.Delay(wait, Node.Time, pod.Terminate);
        }

        Set(snapshot => snapshot with { LastState = ended, RestartCount = snapshot.RestartCount + 1 }, tell: false);
    }

    private V1ContainerState Terminated(ContainerExit exit) => new()
    {
        Terminated = new V1ContainerStateTerminated
        {
            ExitCode = exit.Code,
            Reason = exit.Reason,
            Message = exit.Message,
            StartedAt = _startedAt,
            FinishedAt = Node.Now,
            ContainerID = Snapshot.ContainerId,
        },
    };

    // at once when what is missing is made, else as often as the kubelet looks
    private async Task WaitForAsync(ContainerConfigException failure)
    {
        Set(snapshot => snapshot with { State = ContainerSnapshot.Waiting("CreateContainerConfigError", failure.Message) });
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(pod.Terminate);
        var retry = Task.Delay(ConfigRetry, Node.Time, enough.Token);
        await (failure.Missing is { } missing ? Task.WhenAny(retry, Node.Objects.UntilThereAsync(missing, enough.Token)) : retry);
        await enough.CancelAsync();
        pod.Terminate.ThrowIfCancellationRequested();
    }

    private async Task WaitAsync(string reason, string message, TimeSpan wait)
    {
        Set(snapshot => snapshot with { State = ContainerSnapshot.Waiting(reason, message) });
        await Task.Delay(wait, Node.Time, pod.Terminate);
    }

    private string Id(int run) => ContainerIdentity.Container(pod.Pod.Metadata.Uid, container.Name, run);

    private void Set(Func<ContainerSnapshot, ContainerSnapshot> change, bool tell = true)
    {
        lock (_lock)
        {
            Snapshot = change(Snapshot);
        }

        if (tell)
        {
            changed();
        }
    }

    private sealed record Start(IContainerProgram Program, ContainerContext Context, LogBuffer Log);
}
