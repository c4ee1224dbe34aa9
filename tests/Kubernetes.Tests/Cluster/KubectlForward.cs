using System.Text;
using CliWrap;
using Kubernetes.Tests.Clients;

namespace Kubernetes.Tests.Cluster;

/// <summary>A running <c>kubectl port-forward</c>.</summary>
internal sealed class KubectlForward : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StringBuilder _printed = new();
    private readonly TaskCompletionSource<int> _port = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;

    /// <param name="cluster">To which pods.</param>
    /// <param name="ns">Their namespace.</param>
    /// <param name="webSocket">False: kubectl is told to use the older SPDY upgrade.</param>
    /// <param name="arguments">What is forwarded: object, and <c>:PORT</c>.</param>
    public static async Task<KubectlForward> StartAsync(TestCluster cluster, string ns, bool webSocket, params string[] arguments)
    {
        var forward = new KubectlForward();
        forward._running = Cli.Wrap(ClientProgram.Required("kubectl"))
            .WithArguments(["--kubeconfig", cluster.KubeconfigFile, "--namespace", ns, "port-forward", "--address", "127.0.0.1", .. arguments])
            .WithEnvironmentVariables(variables => variables
                .Set("KUBECTL_KUBERC", "false")
                .Set("KUBECACHEDIR", cluster.KubeconfigFile + ".cache")
                .Set("KUBECTL_PORT_FORWARD_WEBSOCKETS", webSocket ? "true" : "false"))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(forward.Print))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(forward.Print))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forward._stop.Token);
        var first = await Task.WhenAny(forward._port.Task, forward._running).WaitAsync(Patience, TimeProvider.System);
        first.Should().BeSameAs(forward._port.Task, "kubectl printed: {0}", forward.Printed);
        return forward;
    }

    private string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    public async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { Timeout = Patience };
        return await http.GetStringAsync($"http://127.0.0.1:{await _port.Task}{path}", TestContext.Current.CancellationToken);
    }

    /// <returns>All that it printed until it ended by itself.</returns>
    public async Task<string> EndAsync()
    {
        await _running.WaitAsync(Patience, TimeProvider.System);
        return Printed;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    // Forwarding from 127.0.0.1:40001 -> 8080
    private void Print(string line)
    {
        lock (_printed)
        {
            _printed.AppendLine(line);
        }

        if (line.StartsWith("Forwarding from 127.0.0.1:", StringComparison.Ordinal))
        {
            _port.TrySetResult(int.Parse(line.Split(':', ' ')[3]));
        }
    }
}
