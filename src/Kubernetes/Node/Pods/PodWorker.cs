using System.Net;
using Controllers.Runtime.Client;
using k8s.Models;
using Kubernetes.Controllers.Pods;
using Kubernetes.Node.Addresses;
using Kubernetes.Node.Containers;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Volumes;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Pods;

/// <summary>
/// Lives as long as one pod is on the node: starts its containers, reports its status, ends it with its grace period,
/// and takes it out of the API when it is over.
/// </summary>
internal sealed class PodWorker(NodeContext node, PodAddresses addresses, IPodSources sources, V1Pod admitted)
{
    private readonly CancellationTokenSource _terminate = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly TaskCompletionSource _deletionAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private volatile V1Pod? _latest;
    private volatile IReadOnlyList<ContainerRunner> _init = [];
    private volatile IReadOnlyList<ContainerRunner> _containers = [];
    private volatile PodFacts? _facts;
    private PodStatusWriter? _writer;
    private DateTime _killAt = DateTime.MaxValue;
    private ITimer? _killTimer;

    private V1Pod Pod => _latest ?? admitted;

    /// <summary>The pod changed in the API.</summary>
    public void Update(V1Pod pod)
    {
        _latest = pod;
        if (pod.IsTerminating())
        {
            Terminate(TimeSpan.FromSeconds(pod.Metadata.DeletionGracePeriodSeconds ?? 0));
            _deletionAsked.TrySetResult();
        }

        _writer?.Signal();
    }

    /// <summary>The pod is gone from the API, by force: nobody waits for it.</summary>
    public void Removed()
    {
        _gone.TrySetResult();
        _deletionAsked.TrySetResult();
        Terminate(TimeSpan.Zero);
    }

    /// <summary>Runs until the pod is out of the API, or the node stops.</summary>
    public async Task RunAsync(CancellationToken nodeStops)
    {
        await using var stopping = nodeStops.Register(() =>
        {
            _gone.TrySetResult();
            _deletionAsked.TrySetResult();
            Terminate(TimeSpan.FromSeconds(1));
        });
        var podIP = addresses.Take();
        var contents = new VolumeContents(admitted, sources, node.Time);
        var folders = new PodFolders(Path.Combine(node.PodsFolder, admitted.Metadata.Uid), admitted, sources, contents, node.Time);
        try
        {
            if (!admitted.IsFinished())
            {
                await using var updates = new VolumeUpdates(folders, contents, node.Objects, node.Time, node.LoggerFactory.CreateLogger("Kubernetes.Node"));
                await LiveAsync(podIP, folders, updates, nodeStops);
            }

            await _deletionAsked.Task;
            if (!_gone.Task.IsCompleted)
            {
                await DeleteAsync(nodeStops);
            }
        }
        catch (OperationCanceledException) when (nodeStops.IsCancellationRequested)
        {
            // the node stops, the pod stays in the API
        }
        finally
        {
            await CleanUpAsync(podIP, folders);
        }
    }

    private async Task LiveAsync(IPAddress podIP, PodFolders folders, VolumeUpdates updates, CancellationToken nodeStops)
    {
        var pod = new PodSurroundings(node, admitted, podIP, folders, updates, _terminate.Token, _kill.Token);
        var initPolicy = admitted.Spec.RestartPolicy == "Never" ? "Never" : "OnFailure";
        var started = node.Now;
        using var sidecarsEnd = new CancellationTokenSource();
        using var sidecarsKill = CancellationTokenSource.CreateLinkedTokenSource(_kill.Token);
        var beside = pod with { Terminate = sidecarsEnd.Token, Kill = sidecarsKill.Token };
        _init =
        [
            .. (admitted.Spec.InitContainers ?? []).Select(container => container.RestartPolicy == "Always"
                ? new ContainerRunner(beside, container, "Always", Signal, isSidecar: true)
                : new ContainerRunner(pod, container, initPolicy, Signal)),
        ];
        _containers = [.. admitted.Spec.Containers.Select(container => new ContainerRunner(pod, container, admitted.Spec.RestartPolicy, Signal))];
        _facts = new PodFacts(podIP.ToString(), node.HostIP, started);
        _writer = new PodStatusWriter(node.Client, node.Time, node.LoggerFactory.CreateLogger("Kubernetes.Node"), () => Pod, Observe);
        var reporting = _writer.RunAsync(nodeStops);
        Signal();
        using var deadline = Deadline();
        var sidecars = new List<Task>();
        await RunContainersAsync(sidecars);
        if (sidecars.Count > 0)
        {
            // they end after the others, within a grace period of their own when the pod ends by itself
            using var grace = node.Time.CreateTimer(
                _ => _ = sidecarsKill.CancelAsync(), null, TimeSpan.FromSeconds(admitted.Spec.TerminationGracePeriodSeconds ?? 30), Timeout.InfiniteTimeSpan);
            await sidecarsEnd.CancelAsync();
            await Task.WhenAll(sidecars);
        }

        _facts = _facts! with { Terminal = _terminate.IsCancellationRequested };
        _writer.Finish();
        await reporting;
    }

    private async Task RunContainersAsync(List<Task> sidecars)
    {
        foreach (var init in _init)
        {
            if (init.Snapshot.IsSidecar)
            {
                sidecars.Add(init.RunAsync());
                await init.FirstStart.WaitAsync(_terminate.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (_terminate.IsCancellationRequested)
                {
                    return;
                }

                continue;
            }

            await init.RunAsync();
            if (!init.Snapshot.Succeeded)
            {
                return;
            }
        }

        await Task.WhenAll(_containers.Select(container => container.RunAsync()));
    }

    private V1PodStatus Observe(IReadOnlyList<V1PodCondition> conditions)
        => PodStatusFrom.Observed(
            Pod, conditions, [.. _init.Select(runner => runner.Snapshot)], [.. _containers.Select(runner => runner.Snapshot)], _facts!, node.Now);

    private void Signal() => _writer?.Signal();

    private ITimer? Deadline()
    {
        if (admitted.Spec.ActiveDeadlineSeconds is not { } seconds)
        {
            return null;
        }

        return node.Time.CreateTimer(
            _ =>
            {
                _facts = _facts! with { FailureReason = "DeadlineExceeded", FailureMessage = "Pod was active on the node longer than the specified deadline" };
                _ = node.Events.NormalAsync(Pod, "DeadlineExceeded", "Pod was active on the node longer than the specified deadline");
                Terminate(TimeSpan.FromSeconds(admitted.Spec.TerminationGracePeriodSeconds ?? 30));
            },
            null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    // a later, shorter grace period overrides an earlier one
    private void Terminate(TimeSpan grace)
    {
        lock (_lock)
        {
            var at = node.Now + grace;
            if (at < _killAt && !_kill.IsCancellationRequested)
            {
                _killAt = at;
                _killTimer?.Dispose();
                _killTimer = node.Time.CreateTimer(_ => _ = _kill.CancelAsync(), null, grace, Timeout.InfiniteTimeSpan);
            }
        }

        if (!_terminate.IsCancellationRequested)
        {
            foreach (var running in _containers.Where(container => container.Snapshot.State.Running is not null))
            {
                _ = node.Events.NormalAsync(Pod, "Killing", $"Stopping container {running.Snapshot.Name}");
            }

            _ = _terminate.CancelAsync(); // not on the thread of the watch
        }
    }

    private async Task DeleteAsync(CancellationToken cancel)
    {
        var options = new V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new V1Preconditions { Uid = admitted.Metadata.Uid } };
        try
        {
            await node.Client.DeleteAsync(Resources.Pods, admitted.Metadata.NamespaceProperty, admitted.Metadata.Name, options, cancel);
        }
        catch (ApiException exception) when (exception.IsConflict)
        {
            // another pod of the same name
        }
    }

    private async Task CleanUpAsync(IPAddress podIP, PodFolders folders)
    {
        node.Logs.Forget(admitted.Metadata.Uid, _init.Concat(_containers).Select(container => container.Snapshot.Name));
        try
        {
            folders.Remove();
        }
        catch (IOException exception)
        {
            node.LoggerFactory.CreateLogger("Kubernetes.Node").LogWarning("folder of pod {Pod} not removed: {Reason}", admitted.Metadata.Name, exception.Message);
        }

        addresses.Return(podIP);
        if (_killTimer is not null)
        {
            await _killTimer.DisposeAsync();
        }
    }
}
