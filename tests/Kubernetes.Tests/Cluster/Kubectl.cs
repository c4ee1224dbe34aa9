using System.Text;
using CliWrap;

namespace Kubernetes.Tests.Cluster;

/// <summary>
/// Real kubectl against the whole cluster. The program is named by CONFORMANCE_KUBECTL or found in PATH; without it the test is skipped.
/// </summary>
internal static class Kubectl
{
    public const string Missing = "kubectl was not found: set CONFORMANCE_KUBECTL or put it into PATH";

    public static readonly string? Program = Environment.GetEnvironmentVariable("CONFORMANCE_KUBECTL")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    /// <returns>What it printed, standard output and error.</returns>
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
    /// <returns>What it printed, standard output and error.</returns>
    public static Task<string> KubectlAsync(this TestCluster cluster, string ns, PipeSource input, Action<string> printing, params string[] arguments)
        => cluster.RunAsync(ns, input, printing, webSockets: true, arguments);

    private static async Task<string> RunAsync(this TestCluster cluster, string ns, PipeSource input, Action<string> printing, bool webSockets, string[] arguments)
    {
        Assert.SkipUnless(Program is not null, Missing);
        var output = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await Cli.Wrap(Program!)
            .WithArguments(["--kubeconfig", cluster.KubeconfigFile, "--namespace", ns, .. arguments])
            .WithEnvironmentVariables(variables => variables
                .Set("KUBECTL_KUBERC", "false")
                .Set("KUBECACHEDIR", cluster.KubeconfigFile + ".cache")
                .Set("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", webSockets ? "true" : "false"))
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(PipeTarget.Merge(PipeTarget.ToStringBuilder(output), PipeTarget.ToDelegate(printing)))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(patience.Token);
        return output.ToString();
    }
}
