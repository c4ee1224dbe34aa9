using System.Collections.Concurrent;
using Xunit.Sdk;

namespace Conformance.Running;

/// <summary>Collects what goes wrong outside of scenarios: fixtures that cannot be made or ended. Scenarios tell of themselves.</summary>
internal sealed class TroubleSink : IMessageSink
{
    private readonly ConcurrentQueue<string> _troubles = new();

    public IReadOnlyCollection<string> All => _troubles;

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is IErrorMetadata trouble and not ITestFailed)
        {
            _troubles.Enqueue(string.Join('\n', trouble.Messages.Zip(trouble.StackTraces, (said, trace) => $"{said}\n{trace}")));
        }

        return true;
    }
}
