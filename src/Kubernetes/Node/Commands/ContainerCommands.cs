using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Kubernetes.Api.Commands;
using Kubernetes.Api.Ports;
using Kubernetes.Node.Logs;
using Kubernetes.Node.Programs;

namespace Kubernetes.Node.Commands;

/// <summary>The containers that run now on the node: for commands in them, clients attached to them, and connections to their ports.</summary>
public sealed class ContainerCommands : IContainerCommands, IPodPorts
{
    private readonly ConcurrentDictionary<(string PodUid, string Container), Running> _running = new();

    public string? Refusal(string podUid, string container)
        => !_running.TryGetValue((podUid, container), out var found) ? $"container not found (\"{container}\")"
            : found.Program is IStreamsCommands ? null
            : $"exec is not possible in image \"{found.Context.Image}\": it is not a local program";

    public Task<int> RunAsync(string podUid, string container, IReadOnlyList<string> command, CommandStreams streams, CancellationToken cancel)
        => _running.TryGetValue((podUid, container), out var found) && found.Program is IStreamsCommands program
            ? program.StreamAsync(found.Context, command, streams, cancel)
            : throw new CommandException(Refusal(podUid, container) ?? "container ended");

    public bool IsRunning(string podUid, string container) => _running.ContainsKey((podUid, container));

    public Task AttachAsync(string podUid, string container, CommandStreams streams, CancellationToken cancel)
        => !_running.TryGetValue((podUid, container), out var found) ? throw new CommandException($"container not found (\"{container}\")")
            : found.Program is IStreamsCommands ? found.Context.Streams.AttachAsync(streams, cancel)
            : FollowAsync(found.Log, streams, cancel);

    public async Task<Socket> ConnectAsync(string podUid, int port, CancellationToken cancel)
    {
        var context = _running.FirstOrDefault(running => running.Key.PodUid == podUid).Value?.Context
            ?? throw new PortException("no container of the pod is running");
        var socket = new Socket(context.PodIP.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.PodIP, port, cancel);
            return socket;
        }
        catch (SocketException e)
        {
            // in the words of containerd, which enters the pod's network and dials localhost there
            socket.Dispose();
            var why = e.SocketErrorCode == SocketError.ConnectionRefused ? "connect: connection refused" : e.Message;
            throw new PortException($"failed to connect to localhost:{port} inside the pod's network, IPv4: dial tcp4 {context.PodIP}:{port}: {why}");
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    internal void Began(ContainerContext context, IContainerProgram program, LogBuffer log) => _running[Key(context)] = new Running(context, program, log);

    internal void Ended(ContainerContext context)
    {
        _running.TryRemove(Key(context), out _);
        context.Streams.End();
    }

    // a program of this process prints into its log alone
    private static async Task FollowAsync(LogBuffer log, CommandStreams streams, CancellationToken cancel)
    {
        var old = log.Lines().Count;
        try
        {
            await foreach (var line in log.FollowAsync(cancel))
            {
                if (--old < 0)
                {
                    await streams.Output(Encoding.UTF8.GetBytes(line.Text + "\n"));
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the client has gone
        }
    }

    private static (string, string) Key(ContainerContext context) => (context.Pod.Metadata.Uid, context.Container.Name);

    private sealed record Running(ContainerContext Context, IContainerProgram Program, LogBuffer Log);
}
