using CliWrap;
using CliWrap.Buffered;
using Kubernetes.Tests.Clients;

namespace Kubernetes.Tests.Cluster;

/// <summary>Real kubectl against the whole cluster; without the program the test is skipped.</summary>
internal static class Kubectl
{
    /// <returns>What it printed: standard error, then standard output.</returns>
    public static Task<string> KubectlAsync(this TestCluster cluster, string ns, params string[] arguments)
        => cluster.KubectlAsync(ns, PipeSource.Null, _ => { }, arguments);

    /// <summary>As clients before WebSockets did it: streams over SPDY.</summary>
    public static Task<string> KubectlOverSpdyAsync(this TestCluster cluster, string ns, PipeSource input, params string[] arguments)
        => cluster.RunAsync(ns, input, _ => { }, webSockets: false, arguments);

    /// <param name="cluster">Where.</param>
    /// <param name="ns">The namespace that it works in.</param>
    /// <param name="input">What is typed.</param>
    /// <param name="printing">Is told each line of its standard output as it comes.</param>
    /// <param name="arguments">Its command line.</param>
    /// <returns>What it printed: standard error, then standard output.</returns>
    public static Task<string> KubectlAsync(this TestCluster cluster, string ns, PipeSource input, Action<string> printing, params string[] arguments)
        => cluster.RunAsync(ns, input, printing, webSockets: true, arguments);

    private static async Task<string> RunAsync(this TestCluster cluster, string ns, PipeSource input, Action<string> printing, bool webSockets, string[] arguments)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var result = await Cli.Wrap(ClientProgram.Required("kubectl"))
            .WithArguments(["--kubeconfig", cluster.KubeconfigFile, "--namespace", ns, .. arguments])
            .WithEnvironmentVariables(variables => variables
                .Set("KUBECTL_KUBERC", "false")
                .Set("KUBECACHEDIR", cluster.KubeconfigFile + ".cache")
                .Set("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", webSockets ? "true" : "false"))
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(printing))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(patience.Token);
        return result.StandardError + result.StandardOutput;
    }
}
