using System.Diagnostics;
using System.Runtime.InteropServices;
using k8s.Models;

namespace Kubernetes.Node.Programs;

/// <summary>
/// A local program in a session of its own, so that a signal reaches all that it started. Where <c>setsid</c> is missing
/// the tree of its children is killed instead.
/// </summary>
internal sealed class ProcessGroup : IDisposable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    private static readonly string? SetSid = ((string[])["/usr/bin/setsid", "/bin/setsid"]).FirstOrDefault(File.Exists);

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly Process _process;
    private readonly Task _reading;
    private bool _over;

    private ProcessGroup(Process process, TextWriter output, ContainerStreams? streams)
    {
        _process = process;
        _reading = Task.WhenAll(CopyAsync(process.StandardOutput, isError: false), CopyAsync(process.StandardError, isError: true));

        Task CopyAsync(StreamReader from, bool isError)
            => ProcessGroup.CopyAsync(streams is null ? from : new StreamReader(new TappedStream(from.BaseStream, bytes => streams.Publish(bytes, isError))), output);
    }

    /// <param name="settings">What to start.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="output">Takes the lines that it prints.</param>
    /// <param name="streams">Those attached to it; null: nobody can be.</param>
    /// <param name="container">Whose it is: with <c>stdin: true</c> its input stays open.</param>
    /// <exception cref="ContainerStartException">The file cannot be executed.</exception>
    public static ProcessGroup Start(ProcessSettings settings, string folder, TextWriter output, ContainerStreams? streams = null, V1Container? container = null)
    {
        var start = new ProcessStartInfo(SetSid ?? settings.Executable)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (SetSid is not null)
        {
            start.ArgumentList.Add(settings.Executable);
        }

        foreach (var argument in settings.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start) ?? throw new ContainerStartException($"exec: \"{settings.Executable}\": not started");
            if (streams is not null && container?.Stdin == true)
            {
                streams.TakeInput(process.StandardInput.BaseStream, once: container.StdinOnce == true);
            }
            else
            {
                process.StandardInput.Close();
            }

            return new ProcessGroup(process, output, streams);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new ContainerStartException($"exec: \"{settings.Executable}\": {exception.Message}");
        }
    }

    /// <summary>Waits for the exit and for the last of the output; asks it to end at <paramref name="stop"/>, ends it at <paramref name="kill"/>.</summary>
    /// <returns>The exit code; 128 and the signal's number when a signal ended it.</returns>
    public async Task<int> WaitAsync(CancellationToken stop, CancellationToken kill)
    {
        await using var stopping = stop.Register(() => Signal(SigTerm));
        await using var killing = kill.Register(() => Signal(SigKill));
        await _process.WaitForExitAsync(CancellationToken.None);
        Signal(SigKill); // what the program left running
        _over = true;

        // a descendant that left the session may hold the output open
        await _reading.WaitAsync(LastWords, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_over)
        {
            Signal(SigKill);
        }

        _process.Dispose();
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            to.WriteLine(line);
        }
    }

    private void Signal(int signal)
    {
        try
        {
            if (SetSid is not null)
            {
                // just started it has no session yet, and nobody would hear
                if (Kill(-_process.Id, signal) != 0 && !_process.HasExited)
                {
                    _ = Kill(_process.Id, signal);
                }
            }
            else if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // ended in the meantime
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
