using ArgoCd.Applications;

namespace ArgoCd.Sync;

/// <summary>Messages of an operation, as <c>sync_context.go</c> words them.</summary>
internal static class SyncMessages
{
    public const string AllTasksRun = "successfully synced (all tasks run)";
    public const string NoMoreTasks = "successfully synced (no more tasks)";
    public const string FailedDryRun = "one or more objects failed to apply (dry run)";

    /// <summary>What a running operation waits for.</summary>
    public static string WaitingFor(IReadOnlyList<SyncTask> tasks, bool deletion)
    {
        if (tasks.Count == 0)
        {
            return "";
        }

        var hooks = tasks.Where(task => task.IsHook).ToList();
        var reason = (deletion, hooks.Count) switch
        {
            (true, 0) => "deletion of",
            (true, _) => "deletion of hook",
            (false, 0) => "healthy state of",
            _ => "completion of hook",
        };
        var first = (hooks.Count > 0 ? hooks : [.. tasks])[0];
        var message = $"waiting for {reason} {first.Key.Group}/{first.Key.Kind}/{first.Key.Name}";
        return tasks.Count > 1 ? $"{message} and {tasks.Count - 1} more {(hooks.Count == tasks.Count ? "hooks" : "resources")}" : message;
    }

    public static string WithReasons(string message, IEnumerable<SyncTask> failed)
    {
        var reasons = failed.Select(task => task.Message).Distinct().ToList();
        return reasons.Count == 0 ? message : $"{message}, reason: {string.Join(',', reasons)}";
    }

    public static string NotValid(IEnumerable<ResourceResult> results)
    {
        var reasons = results
            .Where(result => result.Status == ResultCode.SyncFailed && !string.IsNullOrEmpty(result.Message))
            .Select(result => result.Message!)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        const string Message = "one or more synchronization tasks are not valid";
        return reasons.Count == 0 ? Message : $"{Message}: {string.Join("; ", reasons)}";
    }
}
