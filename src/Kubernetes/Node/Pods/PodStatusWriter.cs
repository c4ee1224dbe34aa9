using System.Text.Json.Nodes;
using System.Threading.Channels;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Pods;

/// <summary>Writes one pod's status whenever it changes; changes in quick succession become one write.</summary>
/// <param name="node">The node's services.</param>
/// <param name="pod">The pod as last observed.</param>
/// <param name="observe">Computes the status, given the conditions so far.</param>
internal sealed class PodStatusWriter(NodeContext node, Func<V1Pod> pod, Func<IReadOnlyList<V1PodCondition>, V1PodStatus> observe)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _writing = new(1);
    private V1PodStatus? _written;
    private string _writtenText = "";

    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Writes on each signal until cancelled or the pod is gone.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(cancel))
            {
                await WriteAsync(cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // the pod ended
        }
    }

    /// <summary>Writes the status as it is now, if it differs from what was written last.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        await _writing.WaitAsync(cancel);
        try
        {
            var status = observe(ConditionsSoFar());
            var text = KubernetesJson.Serialize(status);
            if (text != _writtenText)
            {
                await SendAsync(text, cancel);
                (_written, _writtenText) = (status, text);
            }
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict)
        {
            // gone, or another pod of the same name: the watch will tell
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            node.LoggerFactory.CreateLogger("Kubernetes.Node").LogDebug("status of {Pod} not written, again: {Reason}", pod().Metadata.Name, exception.Message);
            await Task.Delay(Retry, node.Time, cancel);
            Signal();
        }
        finally
        {
            _writing.Release();
        }
    }

    private Task SendAsync(string status, CancellationToken cancel)
    {
        var observed = pod().Metadata;
        var patch = Patch.Merge(new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = observed.Uid },
            ["status"] = JsonNode.Parse(status),
        });
        return node.Client.PatchAsync(Resources.Pods, observed.NamespaceProperty, observed.Name, patch, "status", cancel);
    }

    // the cache may be behind our own writes, but it is the only one to know of others' conditions
    private IReadOnlyList<V1PodCondition> ConditionsSoFar()
    {
        var observed = pod().Status?.Conditions ?? [];
        return _written is null
            ? [.. observed]
            : [.. _written.Conditions.Where(PodConditions.IsOwn), .. observed.Where(condition => !PodConditions.IsOwn(condition))];
    }
}
