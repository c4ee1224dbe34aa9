namespace Conformance.Language;

/// <summary>The run's one Rollouts controller: whoever changes its Deployment, or counts its pods, takes turns.</summary>
internal static class TheController
{
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>Waits for the turn, and gives it back when the result is disposed.</summary>
    public static async Task<IDisposable> TurnAsync(CancellationToken stop)
    {
        await Turn.WaitAsync(stop);
        return new Taken();
    }

    private sealed class Taken : IDisposable
    {
        public void Dispose() => Turn.Release();
    }
}
