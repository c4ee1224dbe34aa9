namespace Kubernetes.Controllers.Pods;

/// <summary>
/// Runs calls in batches of 1, 2, 4 …: when the first ones fail (a quota, a missing account), the rest is not tried
/// (upstream's <c>slowStartBatch</c>).
/// </summary>
internal static class SlowStart
{
    /// <returns>The first failure, or null when all succeeded.</returns>
    public static async Task<Exception?> RunAsync(int count, Func<Task> call)
    {
        for (var (done, batch) = (0, Math.Min(1, count)); done < count; done += batch, batch = Math.Min(2 * batch, count - done))
        {
            var failures = await Task.WhenAll(Enumerable.Range(0, batch).Select(_ => TryAsync(call)));
            if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            {
                return first;
            }
        }

        return null;
    }

    private static async Task<Exception?> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return exception;
        }
    }
}
