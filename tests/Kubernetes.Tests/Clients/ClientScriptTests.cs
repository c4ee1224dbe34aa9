using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using Kubernetes.Tests.Cluster;

namespace Kubernetes.Tests.Clients;

/// <summary>Plays the scripts beside this file with the real kubectl and helm against a whole cluster, each in a namespace of its own.</summary>
public sealed class ClientScriptTests(TestCluster cluster) : IDisposable
{
    /// <summary>Real seconds that one command may take on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // client-go logs it when a watch or list of its own is no longer needed while the answer still arrives: it depends on chance
    private static readonly Regex CancelledRead = new(
        "^[EI][0-9]{4} [^\n]*context canceled[^\n]*\n", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    private readonly string _folder = Directory.CreateTempSubdirectory("clients-").FullName;

    public static TheoryData<string> Scripts(string program)
        => [.. Directory.EnumerateFiles(Folder, $"{program}-*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Clients", "Scripts");

    [Theory, MemberData(nameof(Scripts), "kubectl")]
    public async Task Kubectl_prints_what_it_prints_on_a_real_cluster(string script)
    {
        ClientProgram.Required("kubectl");
        await PlayAsync(script);
    }

    [Theory, MemberData(nameof(Scripts), "helm")]
    public async Task Helm_prints_what_it_prints_on_a_real_cluster(string script)
    {
        ClientProgram.Required("kubectl");
        ClientProgram.Required("helm");
        await PlayAsync(script);
    }

    [Fact]
    public void The_scripts_hold_at_least_sixty_calls_of_kubectl()
        => Directory.EnumerateFiles(Folder, "kubectl-*.txt").Sum(file => ClientScript.Parse(File.ReadAllText(file)).Commands.Count).Should().BeGreaterThanOrEqualTo(60);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task PlayAsync(string name)
    {
        var space = await cluster.NamespaceAsync();
        var script = ClientScript.Parse((await File.ReadAllTextAsync(Path.Combine(Folder, $"{name}.txt"), TestContext.Current.CancellationToken)).Replace("$ns", space));
        await File.WriteAllTextAsync(Path.Combine(_folder, "kubeconfig"), cluster.Kubeconfig(space), TestContext.Current.CancellationToken);
        foreach (var (file, content) in script.Files)
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        }

        foreach (var command in script.Commands)
        {
            var (exitCode, said) = await RunAsync(command.Words);
            var output = CancelledRead.Replace(said, "");
            if (exitCode != 0 != command.Fails || !command.Matches(output))
            {
                Assert.Fail($"""
                    $ {command.Line}
                    expected: {(command.Fails ? "a failure" : "exit code 0")}, and
                    {string.Join('\n', command.Expected).TrimEnd()}

                    observed: exit code {exitCode}, and
                    {output}
                    """);
            }
        }
    }

    // errors and warnings first: in which order two streams arrive is chance
    private async Task<(int ExitCode, string Output)> RunAsync(IReadOnlyList<string> words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var result = await Cli.Wrap(ClientProgram.Required(words[0]))
            .WithArguments(words.Skip(1))
            .WithWorkingDirectory(_folder)
            .WithEnvironmentVariables(environment => environment.Set("KUBECONFIG", Path.Combine(_folder, "kubeconfig")).Set("HOME", _folder))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(patience.Token);
        return (result.ExitCode, result.StandardError + result.StandardOutput);
    }
}
