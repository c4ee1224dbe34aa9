using System.CommandLine;

namespace Load;

/// <summary>What is measured on the embedded cluster alone, because it needs its process: start, memory, growth, patience with slow readers.</summary>
internal static class ClusterCommands
{
    private const int Clients = 16;
    private const int StackObjects = 6_000;
    private const int SlowWatcherObjects = 3_000;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    public static Command Start() => Of("start", "from the start of the process to a ready API and a ready stack, and the memory with 6,000 objects", async (program, cancel) =>
    {
        for (var i = 0; i < 3; i++)
        {
            await using var bare = await EmbeddedProcess.StartAsync(program, withStack: false, cancel);
            Print("API ready (ms)", bare.ApiReadyAfter.TotalMilliseconds);
            Print("  of processor time (ms)", bare.ApiReadyProcessorTime.TotalMilliseconds);
        }

        await using var whole = await EmbeddedProcess.StartAsync(program, withStack: true, cancel);
        Print("stack ready (ms)", whole.ReadyAfter.TotalMilliseconds);
        Print("resident memory, stack (MB)", whole.ResidentMemory);
        var clients = new LoadClients(whole.Http, Clients);
        await clients.NamespaceAsync("load", cancel);
        await clients.RateAsync(0, StackObjects, i => clients.CreateAsync("load", $"o{i}", cancel));
        Print($"resident memory, stack and {StackObjects} objects (MB)", whole.ResidentMemory);
    });

    public static Command Growth() => Of("growth", "creates per second and memory per object at 1,000, 10,000 and 100,000 objects", async (program, cancel) =>
    {
        await using var bare = await EmbeddedProcess.StartAsync(program, withStack: false, cancel);
        var clients = new LoadClients(bare.Http, Clients);
        await clients.NamespaceAsync("load", cancel);
        var (before, made) = (bare.ResidentMemory, 0);
        foreach (var size in Sizes)
        {
            Print($"creates/s up to {size} objects", await clients.RateAsync(made, size, i => clients.CreateAsync("load", $"o{i}", cancel)));
            made = size;
            Print($"resident memory at {size} objects (MB)", bare.ResidentMemory);
            Print("  more than at the start, per object (kB)", (bare.ResidentMemory - before) * 1000 / size);
        }
    });

    public static Command SlowWatcher() => Of("slow-watcher", "creates per second without, with and again without a watcher that reads nothing", async (program, cancel) =>
    {
        await using var bare = await EmbeddedProcess.StartAsync(program, withStack: false, cancel);
        var clients = new LoadClients(bare.Http, Clients);
        await clients.NamespaceAsync("load", cancel);
        var made = 0;
        async Task<double> CreatesAsync() => await clients.RateAsync(made, made += SlowWatcherObjects, i => clients.CreateAsync("load", $"o{i}", cancel));
        await CreatesAsync(); // the code is compiled by now
        Print("creates/s, no watcher", await CreatesAsync());
        using (await bare.Http.GetAsync($"{LoadClients.ConfigMaps("load")}?watch=1", HttpCompletionOption.ResponseHeadersRead, cancel))
        {
            Print("creates/s, one watcher that reads nothing", await CreatesAsync());
        }

        Print("creates/s, no watcher any more", await CreatesAsync());
    });

    private static Command Of(string name, string about, Func<FileInfo, CancellationToken, Task> measure)
    {
        var program = new Option<FileInfo>("--cluster") { Description = "the embedded cluster's program, EmbeddedCluster or EmbeddedCluster.dll, built for Release", Required = true };
        var command = new Command(name, about) { program };
        command.SetAction((parsed, cancel) => measure(parsed.GetValue(program)!, cancel));
        return command;
    }

    private static void Print(string what, double value) => Console.WriteLine(FormattableString.Invariant($"{what,-60}{value,12:N1}"));
}
