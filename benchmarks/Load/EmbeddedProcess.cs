using System.Diagnostics;
using System.Globalization;
using CliWrap;
using k8s;
using Transcripts;

namespace Load;

/// <summary>The embedded cluster as a program of its own, ended with this.</summary>
internal sealed class EmbeddedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("load-");
    private readonly CommandTask<CommandResult> running;

    private EmbeddedProcess(FileInfo program, bool withStack)
    {
        var kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
        string[] options = ["--kubeconfig", kubeconfig, .. withStack ? Array.Empty<string>() : ["--without-stack"]];
        var (target, arguments) = program.Extension == ".dll" ? ("dotnet", [program.FullName, .. options]) : (program.FullName, options);
        running = Cli.Wrap(target).WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line => Ready.TrySetResult(line))).ExecuteAsync(CancellationToken.None, stop.Token);
        Kubeconfig = kubeconfig;
    }

    public HttpClient Http { get; private set; } = new();

    /// <summary>From the start of the process until /readyz says ok.</summary>
    public TimeSpan ApiReadyAfter { get; private set; }

    /// <summary>What both processors did for that: a busy machine adds nothing to it.</summary>
    public TimeSpan ApiReadyProcessorTime { get; private set; }

    /// <summary>From the start of the process until it greets: its stack is ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>In MB (1,000,000 bytes); Linux alone tells.</summary>
    public double ResidentMemory
    {
        get
        {
            var line = File.ReadLines($"/proc/{running.ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
    }

    private string Kubeconfig { get; }

    private TaskCompletionSource<string> Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<EmbeddedProcess> StartAsync(FileInfo cluster, bool withStack, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        var began = TimeProvider.System.GetTimestamp();
        var process = new EmbeddedProcess(cluster, withStack);
        try
        {
            while (!File.Exists(process.Kubeconfig) || new FileInfo(process.Kubeconfig).Length == 0)
            {
                await Task.Delay(Look, TimeProvider.System, patience.Token);
            }

            process.Http = Server.Connect(KubernetesClientConfiguration.BuildConfigFromConfigFile(process.Kubeconfig));
            await process.Http.GetStringAsync("/readyz", patience.Token);
            process.ApiReadyAfter = TimeProvider.System.GetElapsedTime(began);
            using (var program = Process.GetProcessById(process.running.ProcessId))
            {
                process.ApiReadyProcessorTime = program.TotalProcessorTime;
            }

            await process.Ready.Task.WaitAsync(patience.Token);
            process.ReadyAfter = TimeProvider.System.GetElapsedTime(began);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await ((Task)running.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Http.Dispose();
        stop.Dispose();
        folder.Delete(recursive: true);
    }
}
