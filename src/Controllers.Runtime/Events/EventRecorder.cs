using System.Text.Json.Nodes;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Events;

/// <summary>
/// Writes core/v1 Events about objects, as many and as alike as client-go's recorder would (<c>tools/record</c>, <see cref="EventCorrelator"/>).
/// Recording never fails the caller: an event that cannot be written is logged.
/// </summary>
/// <param name="client">Where to.</param>
/// <param name="component">Who says so.</param>
/// <param name="time">When.</param>
/// <param name="logger">Takes what could not be written.</param>
/// <param name="correlates">False: each event is written on its own, as by Argo CD's audit log (<c>util/argo/audit_logger.go</c>).</param>
public sealed class EventRecorder(ApiClient client, string component, TimeProvider time, ILogger logger, bool correlates = true)
{
    private readonly EventCorrelator? _correlator = correlates ? new() : null;

    public Task NormalAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel = default)
        => RecordAsync(about, "Normal", reason, message, cancel);

    public Task WarningAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel = default)
        => RecordAsync(about, "Warning", reason, message, cancel);

    private async Task RecordAsync(IKubernetesObject<V1ObjectMeta> about, string type, string reason, string message, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var @namespace = string.IsNullOrEmpty(about.Metadata.NamespaceProperty) ? "default" : about.Metadata.NamespaceProperty;
        var fresh = NewEvent(about, @namespace, type, reason, message, now);
        if (_correlator?.Accepts(fresh, now) == false)
        {
            return;
        }

        try
        {
            if (fresh.Count == 1 || !await RaisedAsync(fresh, cancel))
            {
                await client.CreateAsync(Resources.Events, fresh, cancel);
            }
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogDebug("event {Reason} of {Namespace}/{Name} was not written: {Why}", reason, @namespace, about.Metadata.Name, exception.Message);
        }
    }

    private async Task<bool> RaisedAsync(Corev1Event again, CancellationToken cancel)
    {
        var patch = Patch.Strategic(new JsonObject
        {
            ["count"] = again.Count,
            ["lastTimestamp"] = again.LastTimestamp!.Value.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            ["message"] = again.Message,
        });
        try
        {
            await client.PatchAsync(Resources.Events, again.Metadata.NamespaceProperty, again.Metadata.Name, patch, cancel: cancel);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false; // expired, or dropped when it was the first
        }
    }

    private Corev1Event NewEvent(IKubernetesObject<V1ObjectMeta> about, string @namespace, string type, string reason, string message, DateTimeOffset now) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{about.Metadata.Name}.{now.Ticks:x16}", NamespaceProperty = @namespace },
        InvolvedObject = new V1ObjectReference
        {
            ApiVersion = about.ApiVersion,
            Kind = about.Kind,
            Name = about.Metadata.Name,
            NamespaceProperty = about.Metadata.NamespaceProperty,
            Uid = about.Metadata.Uid,
            ResourceVersion = about.Metadata.ResourceVersion,
        },
        Type = type,
        Reason = reason,
        Message = message,
        Source = new V1EventSource { Component = component },
        ReportingComponent = component,
        FirstTimestamp = now.UtcDateTime,
        LastTimestamp = now.UtcDateTime,
        Count = 1,
    };
}
