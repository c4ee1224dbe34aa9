using ArgoRollouts.Models;

namespace ArgoRollouts.Pausing;

/// <summary>
/// Collects, during one reconciliation, what becomes of the pause conditions and of the abort, and works out the status from it
/// (rollout/pause.go). Users clear pauseConditions to resume; controllerPause remembers that the controller had paused.
/// </summary>
internal sealed class PauseContext(Rollout rollout, DateTimeOffset now)
{
    private readonly List<string> _add = [];
    private readonly HashSet<string> _remove = [];
    private bool _clear;
    private bool _addAbort;
    private bool _removeAbort;

    /// <summary>Why the controller aborts; empty when a user does.</summary>
    public string AbortMessage { get; private set; } = "";

    public bool HasAddPause => _add.Count > 0;

    public bool IsAborted => !_removeAbort && (_addAbort || rollout.Status.Abort);

    public void AddAbort(string message)
    {
        _addAbort = true;
        AbortMessage = message;
    }

    public void RemoveAbort() => _removeAbort = true;

    public void AddPauseCondition(string reason) => _add.Add(reason);

    public void RemovePauseCondition(string reason) => _remove.Add(reason);

    public void ClearPauseConditions() => _clear = true;

    /// <summary>The pause condition with this reason as of the last reconciliation.</summary>
    public static PauseCondition? Condition(Rollout rollout, string reason)
        => rollout.Status.PauseConditions?.FirstOrDefault(condition => condition.Reason == reason);

    public static bool HasConditions(RolloutStatus status) => status.PauseConditions is { Count: > 0 };

    /// <summary>Writes abort, abortedAt, controllerPause and pauseConditions. An abort ends all pauses.</summary>
    public void CalculateStatus(RolloutStatus status)
    {
        status.Abort = _addAbort || (!_removeAbort && rollout.Status.Abort);
        status.AbortedAt = status.Abort ? rollout.Status.AbortedAt ?? MetaTimeConverter.Cut(now) : null;
        if (!status.Abort && !_clear)
        {
            CalculateConditions(status);
        }
    }

    private void CalculateConditions(RolloutStatus status)
    {
        var before = rollout.Status.PauseConditions ?? [];
        var conditions = before.Where(condition => !_remove.Contains(condition.Reason)).ToList();
        var controllerPause = rollout.Status.ControllerPause;
        foreach (var reason in _add.Where(reason => before.TrueForAll(condition => condition.Reason != reason)))
        {
            conditions.Add(new PauseCondition { Reason = reason, StartTime = MetaTimeConverter.Cut(now) });
            controllerPause = true;
        }

        if (conditions.Count > 0)
        {
            status.ControllerPause = controllerPause;
            status.PauseConditions = conditions;
        }
    }
}
