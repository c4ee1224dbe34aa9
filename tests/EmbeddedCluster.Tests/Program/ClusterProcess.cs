using System.Diagnostics;
using System.Text;

namespace EmbeddedCluster.Tests.Program;

/// <summary>The program as a person starts it: a process of its own, its output line by line.</summary>
internal sealed class ClusterProcess : IAsyncDisposable
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ClusterProcess(Process process) => _process = process;

    /// <summary>What it has printed so far, errors included.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public int ProcessId => _process.Id;

    /// <summary>Starts it and, unless it ends first, waits for its line <c>ready</c>, or that of k3s.</summary>
    public static async Task<ClusterProcess> StartAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "EmbeddedCluster.dll");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false },
        };
        var cluster = new ClusterProcess(process);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => cluster.Take(line.Data, ready);
        process.ErrorDataReceived += (_, line) => cluster.Take(line.Data, ready);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var budget = new CancellationTokenSource(Budget, TimeProvider.System);
        var ended = process.WaitForExitAsync(budget.Token);
        await Task.WhenAny(ready.Task, ended);
        return cluster;
    }

    /// <summary>Sends a signal (<c>INT</c>, <c>TERM</c>) and waits for the end; its exit code.</summary>
    public async Task<int> SignalAsync(string signal)
    {
        using (var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        return await EndAsync();
    }

    /// <summary>Waits for the end; its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var budget = new CancellationTokenSource(Budget, TimeProvider.System);
        await _process.WaitForExitAsync(budget.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line.StartsWith("ready", StringComparison.Ordinal) || line.Contains("Node controller sync successful"))
        {
            ready.TrySetResult();
        }
    }
}
