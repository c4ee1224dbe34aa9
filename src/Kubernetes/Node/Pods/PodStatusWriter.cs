using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Kubernetes.Node.Pods;

/// <summary>
/// Writes one pod's status whenever it changes; changes in quick succession become one write. Writes go out one after the other: of two that are
/// under way the server may carry out the older one last (upstream's <c>status_manager.go</c> numbers them to the same end).
/// </summary>
/// <param name="client">As the node.</param>
/// <param name="time">By which a write that failed is tried again.</param>
/// <param name="logger">Gets what failed.</param>
/// <param name="pod">The pod as last observed.</param>
/// <param name="observe">Computes the status, given the conditions so far.</param>
internal sealed class PodStatusWriter(ApiClient client, TimeProvider time, ILogger logger, Func<V1Pod> pod, Func<IReadOnlyList<V1PodCondition>, V1PodStatus> observe)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private V1PodStatus? _written;
    private string _writtenText = "";

    /// <summary>The status may have changed.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>The status as it is now is the last one; <see cref="RunAsync"/> ends when it is written. A write under way is not broken off.</summary>
    public void Finish()
    {
        Signal();
        _signal.Writer.TryComplete();
    }

    /// <summary>Writes on each signal until the last status is written, or cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in _signal.Reader.ReadAllAsync(cancel))
            {
                while (!await TryWriteAsync(cancel))
                {
                    await Task.Delay(Retry, time, cancel);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the node stops
        }
    }

    // the status as it is now, if it differs from what was written last
    private async Task<bool> TryWriteAsync(CancellationToken cancel)
    {
        try
        {
            var status = observe(ConditionsSoFar());
            var text = KubernetesJson.Serialize(status);
            if (text != _writtenText)
            {
                await SendAsync(text, cancel);
                (_written, _writtenText) = (status, text);
            }

            return true;
        }
        catch (ApiException exception) when (exception.Code is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
        {
            logger.LogDebug("status of {Pod} refused: {Reason}", pod().Metadata.Name, exception.Message);
            return true; // gone, another pod of the same name, or not allowed: the same again would be refused again
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogDebug("status of {Pod} not written, again: {Reason}", pod().Metadata.Name, exception.Message);
            return false;
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
        return client.PatchAsync(Resources.Pods, observed.NamespaceProperty, observed.Name, patch, "status", cancel);
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
