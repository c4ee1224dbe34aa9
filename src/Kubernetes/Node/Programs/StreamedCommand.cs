using System.Diagnostics;
using Kubernetes.Api.Commands;

namespace Kubernetes.Node.Programs;

/// <summary>A local process beside a container's own, with its streams passed on as bytes.</summary>
internal static class StreamedCommand
{
    private const int PieceBytes = 16 * 1024;

    public static async Task<int> RunAsync(ProcessSettings settings, string folder, CommandStreams streams, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(settings.Executable, settings.Arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        await using var ending = cancel.Register(() => Kill(process));
        using var ended = new CancellationTokenSource();
        var feeding = FeedAsync(streams.Input, process, ended.Token);
        await Task.WhenAll(PassAsync(process.StandardOutput.BaseStream, streams.Output), PassAsync(process.StandardError.BaseStream, streams.Error));
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.ExitCode;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new CommandException($"exec: \"{start.FileName}\": not started");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new CommandException($"exec: \"{start.FileName}\": {exception.Message}");
        }
    }

    private static async Task FeedAsync(Stream? input, Process process, CancellationToken cancel)
    {
        try
        {
            if (input is not null)
            {
                await input.CopyToAsync(process.StandardInput.BaseStream, cancel);
            }
        }
        catch (IOException)
        {
            // the command reads no more
        }

        process.StandardInput.Close();
    }

    private static async Task PassAsync(Stream from, Func<ReadOnlyMemory<byte>, Task> to)
    {
        var piece = new byte[PieceBytes];
        while (await from.ReadAsync(piece) is > 0 and var count)
        {
            await to(piece.AsMemory(0, count));
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // ended in the meantime
        }
    }
}
