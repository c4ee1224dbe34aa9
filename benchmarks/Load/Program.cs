using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using k8s;
using Load;
using Transcripts;

var kubeconfigs = new Option<FileInfo[]>("--kubeconfig") { Description = "leads to a server; given twice, the second is compared with the first", Required = true, Arity = ArgumentArity.OneOrMore };
var objects = new Option<int>("--objects") { Description = "how many objects", DefaultValueFactory = _ => 10_000 };
var clients = new Option<int>("--clients") { Description = "how many ask at the same time", DefaultValueFactory = _ => 16 };

var root = new RootCommand("One load on each of the servers in turn: creates, gets, patches, lists, and a watch that fans out.") 
{
    kubeconfigs, objects, clients, ClusterCommands.Start(), ClusterCommands.Growth(), ClusterCommands.SlowWatcher(),
};
root.SetAction(async (parsed, cancel) =>
{
    var results = new List<IReadOnlyList<Measure>>();
    foreach (var kubeconfig in parsed.GetValue(kubeconfigs)!)
    {
        using var http = Server.Connect(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        Console.WriteLine($"{kubeconfig.Name}: {await Server.VersionAsync(http, cancel)}");
        var run = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6);
        results.Add(await new ServerLoad(new LoadClients(http, parsed.GetValue(clients)), run, parsed.GetValue(objects)).RunAsync(cancel));
    }

    for (var i = 0; i < results[0].Count; i++)
    {
        var row = results.Select(result => result[i].Value.ToString("N1", CultureInfo.InvariantCulture).PadLeft(12));
        var (first, last) = (results[0][i], results[^1][i]);
        var ratio = first.HigherIsBetter ? last.Value / first.Value : first.Value / last.Value;
        Console.WriteLine($"{first.Name,-44}{string.Concat(row)}{(results.Count > 1 ? $"   {ratio:N1} times as good" : "")}");
    }
});
return await root.Parse(args).InvokeAsync();
