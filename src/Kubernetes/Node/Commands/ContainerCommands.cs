using System.Collections.Concurrent;
using Kubernetes.Api.Commands;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Commands;

/// <summary>The containers that run now on the node, for commands in them.</summary>
public sealed class ContainerCommands : IContainerCommands
{
    private readonly ConcurrentDictionary<(string PodUid, string Container), (ContainerContext Context, IContainerProgram Program)> _running = new();

    public string? Refusal(string podUid, string container)
        => !_running.TryGetValue((podUid, container), out var found) ? $"container not found (\"{container}\")"
            : found.Program is IStreamsCommands ? null
            : $"exec is not possible in image \"{found.Context.Image}\": it is not a local program";

    public Task<int> RunAsync(string podUid, string container, IReadOnlyList<string> command, CommandStreams streams, CancellationToken cancel)
        => _running.TryGetValue((podUid, container), out var found) && found.Program is IStreamsCommands program
            ? program.StreamAsync(found.Context, command, streams, cancel)
            : throw new CommandException(Refusal(podUid, container) ?? "container ended");

    internal void Began(ContainerContext context, IContainerProgram program) => _running[Key(context)] = (context, program);

    internal void Ended(ContainerContext context) => _running.TryRemove(Key(context), out _);

    private static (string, string) Key(ContainerContext context) => (context.Pod.Metadata.Uid, context.Container.Name);
}
