using ArgoCd.Applications;

namespace ArgoCd.Sync;

/// <summary>What the tasks of one operation have come to, in the order in which they first had a result; kept in the operation state between steps.</summary>
internal sealed class SyncResults
{
    private readonly Dictionary<string, ResourceResult> _byTask = [];
    private readonly List<string> _order = [];

    public SyncResults(IEnumerable<ResourceResult> initial)
    {
        foreach (var result in initial)
        {
            Put(Key(result.Group, result.Kind, result.Namespace, result.Name, result.SyncPhase), result);
        }
    }

    /// <summary>Whether the operation has done anything yet.</summary>
    public bool Started => _order.Count > 0;

    public IReadOnlyList<ResourceResult> All => [.. _order.Select(key => _byTask[key])];

    /// <summary>Puts what is known about a task into it.</summary>
    public void Restore(SyncTask task)
    {
        if (_byTask.TryGetValue(Key(task), out var result))
        {
            task.Status = result.Status;
            task.OperationState = result.HookPhase;
            task.Message = result.Message ?? "";
        }
    }

    public void Set(SyncTask task, string? status, string? operationState, string? message)
    {
        task.Status = status;
        task.OperationState = operationState;
        task.Message = string.IsNullOrEmpty(message) ? task.Message : message;
        var key = task.Key;
        var result = _byTask.GetValueOrDefault(Key(task)) ?? new ResourceResult
        {
            Group = key.Group,
            Version = task.Object.Version,
            Kind = key.Kind,
            Namespace = key.Namespace,
            Name = key.Name,
            SyncPhase = task.Phase,
            HookType = task.IsHook ? task.Phase : null,
            Images = Live.ContainerImages.Of(task.Object.Json) is { Count: > 0 } images ? images : null,
        };
        Put(Key(task), result with { Status = status, HookPhase = operationState, Message = task.Message });
    }

    private static string Key(SyncTask task) => Key(task.Key.Group, task.Key.Kind, task.Key.Namespace, task.Key.Name, task.Phase);

    private static string Key(string group, string kind, string @namespace, string name, string? phase) => $"{group}/{kind}/{@namespace}/{name}:{phase}";

    private void Put(string key, ResourceResult result)
    {
        if (!_byTask.ContainsKey(key))
        {
            _order.Add(key);
        }

        _byTask[key] = result;
    }
}
