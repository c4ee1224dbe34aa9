namespace Kubernetes.Node.Containers;

/// <summary>
/// Whether and when a container that ended runs again (<c>kuberuntime</c>, <c>doBackOff</c>): the first restart is immediate, then
/// 10 s, 20 s … 5 min after the end; a run of ten minutes forgives what was before.
/// </summary>
internal sealed record RestartPlan(bool Restart, TimeSpan Wait)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Forgiving = 2 * Max;

    /// <param name="policy">The pod's <c>restartPolicy</c>.</param>
    /// <param name="exitCode">Of the run that ended.</param>
    /// <param name="ran">How long the run took.</param>
    /// <param name="backoff">The wait before that run.</param>
    public static RestartPlan For(string? policy, int exitCode, TimeSpan ran, TimeSpan? backoff)
    {
        var restart = policy switch
        {
            "Never" => false,
            "OnFailure" => exitCode != 0,
            _ => true,
        };
        return new RestartPlan(restart, ran >= Forgiving ? TimeSpan.Zero : Next(backoff));
    }

    /// <summary>The wait that follows <paramref name="backoff"/>; null is before the first run.</summary>
    public static TimeSpan Next(TimeSpan? backoff)
        => backoff is not { } before ? TimeSpan.Zero
            : before == TimeSpan.Zero ? First
            : before * 2 < Max ? before * 2 : Max;

    /// <summary>A back-off as Go prints it in messages: <c>10s</c>, <c>1m20s</c>, <c>5m0s</c>.</summary>
    public static string Text(TimeSpan backoff)
        => backoff < TimeSpan.FromMinutes(1) ? $"{(int)backoff.TotalSeconds}s" : $"{(int)backoff.TotalMinutes}m{backoff.Seconds}s";
}
