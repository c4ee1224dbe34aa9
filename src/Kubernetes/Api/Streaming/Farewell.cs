namespace Kubernetes.Api.Streaming;

/// <summary>The end of a connection in which everything is said.</summary>
internal static class Farewell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Lets the client close from its side, for it might not have read the last message when cut off earlier; then ends the reading.</summary>
    public static async Task TakeAsync(Task reading, CancellationTokenSource gone)
    {
        await reading.WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await gone.CancelAsync();
        await reading;
    }
}
