using System.Globalization;

namespace ArgoCd.Applications;

/// <summary>How an operation goes from step to step: start, resume, wait, retry, give up (<c>processRequestedAppOperation</c>).</summary>
internal static class OperationProgress
{
    /// <summary>The state to go on with, or how long to wait before the next attempt.</summary>
    public static (OperationState State, TimeSpan? Wait) Begin(OperationState? current, Operation requested, DateTimeOffset now)
    {
        if (current is null || OperationPhase.IsCompleted(current.Phase))
        {
            return (new OperationState { Operation = requested, Phase = OperationPhase.Running, StartedAt = now }, null);
        }

        if (current is not { Phase: OperationPhase.Running, FinishedAt: { } finished })
        {
            return (current, null);
        }

        DateTimeOffset retryAt;
        try
        {
            // as upstream: the counter already names the attempt to come, so this is one step later than the message announced
            retryAt = Retry(current).NextRetryAt(finished, current.RetryCount);
        }
        catch (FormatException exception)
        {
            return (current with { Phase = OperationPhase.Error, Message = exception.Message }, null);
        }

        if (retryAt > now)
        {
            return (current, retryAt - now);
        }

        var latest = Retry(current).Refresh;
        return (current with
        {
            Message = $"Retrying operation{(latest ? " with latest revisions" : "")}. Attempt #{current.RetryCount}",
            FinishedAt = null,
            SyncResult = null,
            Operation = latest && current.Operation.Sync is { } sync
                ? current.Operation with { Sync = sync with { Revision = null, Revisions = null } }
                : current.Operation,
        }, null);
    }

    /// <summary>A failed step becomes a running operation that waits for its retry, while the strategy allows one.</summary>
    public static OperationState AfterStep(OperationState state, bool terminating, DateTimeOffset now)
    {
        if (state.Phase is not (OperationPhase.Failed or OperationPhase.Error))
        {
            return state;
        }

        var retry = Retry(state);
        if (terminating || (state.RetryCount >= retry.Limit && retry.Limit >= 0))
        {
            return state.RetryCount > 0 ? state with { Message = $"{state.Message} (retried {state.RetryCount} times)." } : state;
        }

        try
        {
            var retryAt = retry.NextRetryAt(now, state.RetryCount);
            var attempt = state.RetryCount + 1;
            return state with
            {
                Phase = OperationPhase.Running,
                FinishedAt = now,
                RetryCount = attempt,
                Message = $"{state.Message}. Retrying attempt #{attempt} at {retryAt.UtcDateTime.ToString("h:mmtt", CultureInfo.InvariantCulture)}.",
            };
        }
        catch (FormatException exception)
        {
            return state with { Phase = OperationPhase.Error, Message = $"{state.Message} (failed to retry: {exception.Message})" };
        }
    }

    /// <summary>Time until the next attempt of an operation that waits for one; null when it does not.</summary>
    public static TimeSpan? UntilRetry(OperationState state, DateTimeOffset now)
        => state is { Phase: OperationPhase.Running, FinishedAt: { } finished }
            ? TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, (Retry(state).NextRetryAt(finished, state.RetryCount) - now).Ticks))
            : null;

    private static RetryStrategy Retry(OperationState state) => state.Operation.Retry ?? new RetryStrategy();
}
