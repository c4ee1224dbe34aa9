using System.Collections.Concurrent;
using Controllers.Runtime.Client;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Events;

/// <summary>
/// Writes core/v1 Events about objects; the same event again raises its count instead (client-go <c>tools/record</c>).
/// Recording never fails the caller: an event that cannot be written is logged.
/// </summary>
public sealed class EventRecorder(ApiClient client, string component, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<EventKey, Corev1Event> _recorded = new();

    public Task NormalAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel = default)
        => RecordAsync(about, "Normal", reason, message, cancel);

    public Task WarningAsync(IKubernetesObject<V1ObjectMeta> about, string reason, string message, CancellationToken cancel = default)
        => RecordAsync(about, "Warning", reason, message, cancel);

    private async Task RecordAsync(IKubernetesObject<V1ObjectMeta> about, string type, string reason, string message, CancellationToken cancel)
    {
        var key = new EventKey(about.Metadata.Uid, type, reason, message);
        var @namespace = string.IsNullOrEmpty(about.Metadata.NamespaceProperty) ? "default" : about.Metadata.NamespaceProperty;
        try
        {
            if (_recorded.TryGetValue(key, out var known) && await RaiseAsync(known, cancel) is { } raised)
            {
                _recorded[key] = raised;
                return;
            }

            var now = time.GetUtcNow().UtcDateTime;
            _recorded[key] = await client.CreateAsync(Resources.Events, NewEvent(about, @namespace, type, reason, message, now), cancel);
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogDebug("event {Reason} of {Namespace}/{Name} was not written: {Why}", reason, @namespace, about.Metadata.Name, exception.Message);
        }
    }

    private async Task<Corev1Event?> RaiseAsync(Corev1Event known, CancellationToken cancel)
    {
        var patch = Patch.Strategic(new System.Text.Json.Nodes.JsonObject
        {
            ["count"] = (known.Count ?? 1) + 1,
            ["lastTimestamp"] = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"),
        });
        try
        {
            return await client.PatchAsync(Resources.Events, known.Metadata.NamespaceProperty, known.Metadata.Name, patch, cancel: cancel);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return null; // expired: a new one is written
        }
    }

    private Corev1Event NewEvent(IKubernetesObject<V1ObjectMeta> about, string @namespace, string type, string reason, string message, DateTime now) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{about.Metadata.Name}.{time.GetUtcNow().Ticks:x16}", NamespaceProperty = @namespace },
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
        FirstTimestamp = now,
        LastTimestamp = now,
        Count = 1,
    };

    private readonly record struct EventKey(string Uid, string Type, string Reason, string Message);
}
