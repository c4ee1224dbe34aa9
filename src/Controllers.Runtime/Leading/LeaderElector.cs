using Controllers.Runtime.Client;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Controllers.Runtime.Leading;

/// <summary>How a leader holds its lease. Defaults are client-go's usual 15 s / 10 s / 2 s.</summary>
public sealed record LeaderElectionOptions(string Namespace, string LeaseName, string Identity)
{
    /// <summary>How long a lease counts without being renewed.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the leader tries to renew before it gives up.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause between attempts.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// One of several replicas leads: it holds a Lease and renews it; optimistic concurrency lets only one win
/// (client-go <c>tools/leaderelection</c>). Expiry is judged by when this replica last saw the record change,
/// so the replicas' clocks need not agree.
/// </summary>
public sealed class LeaderElector(ApiClient client, LeaderElectionOptions options, TimeProvider time, ILogger logger)
{
    private string? _seenVersion;
    private DateTimeOffset _seenAt;
    private (V1Lease Lease, DateTimeOffset RenewedAt)? _held;

    /// <summary>
    /// Waits to lead, runs <paramref name="lead"/> while leading, and returns when it is over: cancelled (the lease is then released, so a
    /// successor takes over at once) or the lease lost (<paramref name="lead"/> is cancelled).
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancel)
    {
        await AcquireAsync(cancel);
        logger.LogInformation("{Identity} leads {Lease}", options.Identity, options.LeaseName);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = lead(leading.Token);
        var renewing = RenewAsync(leading.Token);
        await Task.WhenAny(work, renewing);
        await leading.CancelAsync();
        try
        {
            await Task.WhenAll(work, renewing);
        }
        catch (OperationCanceledException) when (leading.IsCancellationRequested)
        {
            // ended as asked
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task AcquireAsync(CancellationToken cancel)
    {
        while (!await TryHoldAsync(cancel))
        {
            await Task.Delay(options.RetryPeriod, time, cancel);
        }
    }

    private async Task RenewAsync(CancellationToken cancel)
    {
        var renewed = time.GetUtcNow();
        while (true)
        {
            await Task.Delay(options.RetryPeriod, time, cancel);
            if (await TryHoldAsync(cancel))
            {
                renewed = time.GetUtcNow();
            }
            else if (time.GetUtcNow() - renewed > options.RenewDeadline)
            {
                logger.LogWarning("{Identity} lost {Lease}", options.Identity, options.LeaseName);
                return;
            }
        }
    }

    private async Task<bool> TryHoldAsync(CancellationToken cancel) => await TryRenewAsync(cancel) || await TryTakeAsync(cancel);

    // who leads takes it that nobody has written since, as client-go does since 1.31: one request instead of two, and the server refuses if it is not so
    private async Task<bool> TryRenewAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (_held is not { } held || held.RenewedAt + options.LeaseDuration < now)
        {
            return false;
        }

        try
        {
            _held = (await client.UpdateAsync(Resources.Leases, LeaseRecord.Held(held.Lease, options, now), cancel: cancel), now);
            return true;
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogDebug("{Identity} reads {Lease} again: {Reason}", options.Identity, options.LeaseName, exception.Message);
            _held = null;
            return false;
        }
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancel)
    {
        try
        {
            var lease = await client.FindAsync(Resources.Leases, options.Namespace, options.LeaseName, cancel);
            var now = time.GetUtcNow();
            if (lease is null)
            {
                _held = (await client.CreateAsync(Resources.Leases, LeaseRecord.First(options, now), cancel), now);
                return true;
            }

            if (lease.Metadata.ResourceVersion != _seenVersion)
            {
                _seenVersion = lease.Metadata.ResourceVersion;
                _seenAt = now;
            }

            if (!LeaseRecord.MayTake(lease, options.Identity, _seenAt, now))
            {
                return false;
            }

            _held = (await client.UpdateAsync(Resources.Leases, LeaseRecord.Held(lease, options, now), cancel: cancel), now);
            return true;
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            logger.LogDebug("{Identity} could not hold {Lease}: {Reason}", options.Identity, options.LeaseName, exception.Message);
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        using var budget = new CancellationTokenSource(options.RenewDeadline, TimeProvider.System); // no API answers faster because a cluster's clock does
        try
        {
            while (!await TryReleaseAsync(budget.Token))
            {
                // a renewal that was broken off arrived all the same: it is read again
            }
        }
        catch (Exception exception)
        {
            logger.LogDebug("{Identity} could not release {Lease}: {Reason}", options.Identity, options.LeaseName, exception.Message);
        }
    }

    private async Task<bool> TryReleaseAsync(CancellationToken cancel)
    {
        try
        {
            var lease = await client.FindAsync(Resources.Leases, options.Namespace, options.LeaseName, cancel);
            if (lease?.Spec.HolderIdentity == options.Identity)
            {
                await client.UpdateAsync(Resources.Leases, LeaseRecord.Released(lease, time.GetUtcNow()), cancel: cancel);
            }

            return true;
        }
        catch (ApiException exception) when (exception.IsConflict)
        {
            return false;
        }
    }
}
