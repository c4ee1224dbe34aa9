using Kubernetes.Api.Commands;

namespace Kubernetes.Node.Programs;

/// <summary>
/// An image that is a real program of this machine: the container's command runs as a local process in a folder of its own,
/// with nothing of this process's environment, and ends with its pod.
/// </summary>
/// <param name="entrypoint">The image's own command, for containers without one, e.g. <c>/bin/sh</c>.</param>
public sealed class ProcessProgram(params IReadOnlyList<string> entrypoint) : IContainerProgram, IExecutesCommands, IStreamsCommands
{
    public bool ReadsApiAccess => true;

    public async Task<int> RunAsync(ContainerContext context, CancellationToken stop)
    {
        IReadOnlyList<string> words = context.Command.Count > 0 ? [.. context.Command, .. context.Arguments] : [.. entrypoint, .. context.Arguments];
        if (words.Count == 0)
        {
            throw new ContainerStartException("no command specified");
        }

        var home = context.WorkingFolder();
        await using var hosts = HostsFile.Keep(home, context.Dns);
        using var process = ProcessGroup.Start(Settings(context, words, home), home, context.Output, context.Streams, context.Container);
        return await process.WaitAsync(stop, context.Kill);
    }

    public Task<int> StreamAsync(ContainerContext context, IReadOnlyList<string> command, CommandStreams streams, CancellationToken cancel)
    {
        var home = context.WorkingFolder();
        try
        {
            return StreamedCommand.RunAsync(Settings(context, command, home), home, streams, cancel);
        }
        catch (ContainerStartException exception)
        {
            throw new CommandException(exception.Message);
        }
    }

    public async Task<(int ExitCode, string Output)> ExecuteAsync(ContainerContext context, IReadOnlyList<string> command, CancellationToken cancel)
    {
        var home = context.WorkingFolder();
        await using var output = new StringWriter();
        try
        {
            using var process = ProcessGroup.Start(Settings(context, command, home), home, TextWriter.Synchronized(output));
            var exitCode = await process.WaitAsync(CancellationToken.None, cancel);
            cancel.ThrowIfCancellationRequested();
            return (exitCode, output.ToString());
        }
        catch (ContainerStartException exception)
        {
            return (128, exception.Message);
        }
    }

    /// <summary>As the pod sees its surroundings, while its main process has them kept.</summary>
    private static ProcessSettings Settings(ContainerContext context, IReadOnlyList<string> words, string home)
    {
        var settings = ProcessSettings.For(context, words, home);
        var hosts = HostsFile.PathIn(home);
        return File.Exists(hosts) ? PodNamespaces.Around(settings, settings.Environment["HOSTNAME"], hosts) : settings;
    }
}
