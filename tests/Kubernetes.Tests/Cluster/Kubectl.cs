using System.Text;
using CliWrap;

namespace Kubernetes.Tests.Cluster;

/// <summary>
/// Real kubectl against the whole cluster. The program is named by CONFORMANCE_KUBECTL or found in PATH; without it the test is skipped.
/// </summary>
internal static class Kubectl
{
    private static readonly string? Program = Environment.GetEnvironmentVariable("CONFORMANCE_KUBECTL")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    /// <returns>What it printed, standard output and error.</returns>
    public static async Task<string> KubectlAsync(this TestCluster cluster, string ns, params string[] arguments)
    {
        Assert.SkipUnless(Program is not null, "kubectl was not found: set CONFORMANCE_KUBECTL or put it into PATH");
        var output = new StringBuilder();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        await Cli.Wrap(Program!)
            .WithArguments(["--kubeconfig", cluster.KubeconfigFile, "--namespace", ns, .. arguments])
            .WithEnvironmentVariables(variables => variables.Set("KUBECTL_KUBERC", "false").Set("KUBECACHEDIR", cluster.KubeconfigFile + ".cache"))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(output))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(patience.Token);
        return output.ToString();
    }
}
