using System.CommandLine;
using System.Security.Cryptography;
using k8s;
using Transcripts;

var names = new Argument<string[]>("transcripts") { Description = "which; all without", Arity = ArgumentArity.ZeroOrMore };
var kubeconfig = new Option<FileInfo>("--kubeconfig") { Description = "leads to the server", Required = true };
var controllers = new Option<bool>("--controllers") { Description = "those transcripts that need the server's controllers; without, those that need an API server alone" };
var rollouts = new Option<string?>("--rollouts") { Description = "those transcripts that need Argo Rollouts; the value is its version, e.g. v1.9.1" };
var output = new Option<DirectoryInfo>("--output") { Description = "where recordings go", DefaultValueFactory = _ => new DirectoryInfo("tests/Transcripts/Recorded") };

var recording = new Command("record", "Takes down a real server's answers.") { names, kubeconfig, controllers, rollouts, output };
recording.SetAction(async (parsed, cancel) =>
{
    using var http = Connect(parsed.GetValue(kubeconfig)!);
    var version = parsed.GetValue(rollouts) is { } release ? $"argo-rollouts-{release}" : (await Server.VersionAsync(http, cancel)).Split('-')[0];
    foreach (var transcript in Chosen(parsed))
    {
        var answers = await new Player(http, Run()).PlayAsync(transcript, cancel);
        new Recording(version, answers).Save(parsed.GetValue(output)!.FullName, transcript.Name);
        Console.WriteLine($"{transcript.Name}: {answers.Count} answers of {version}");
    }
});

var compare = new Command("compare", "Plays against a server and prints where it differs from the recordings.") { names, kubeconfig, controllers, rollouts };
compare.SetAction(async (parsed, cancel) =>
{
    using var http = Connect(parsed.GetValue(kubeconfig)!);
    var differing = 0;
    foreach (var transcript in Chosen(parsed))
    {
        foreach (var difference in Recording.Load(transcript.Name).DifferencesTo(transcript, await new Player(http, Run()).PlayAsync(transcript, cancel)))
        {
            Console.WriteLine($"{transcript.Name}: {difference}");
            differing++;
        }
    }

    return differing == 0 ? 0 : 1;
});

return await new RootCommand("Request transcripts: the same requests to two servers, and their answers side by side.") { recording, compare }.Parse(args).InvokeAsync();

IEnumerable<Transcript> Chosen(ParseResult parsed)
{
    var chosen = parsed.GetValue(names) is { Length: > 0 } some ? some : Transcript.Names;
    var needs = parsed.GetValue(rollouts) is not null ? Needs.Rollouts : parsed.GetValue(controllers) ? Needs.Controllers : Needs.Nothing;
    return chosen.Select(Transcript.Load).Where(transcript => transcript.Needs == needs);
}

static HttpClient Connect(FileInfo kubeconfig) => Server.Connect(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));

static string Run() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6);
