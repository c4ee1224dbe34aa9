using Microsoft.Extensions.Hosting;

namespace ArgoCd.Applications;

/// <summary>A host that leaves signals to the process it lives in.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
