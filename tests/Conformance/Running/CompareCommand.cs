using Fixtures.Comparing;
using Fixtures.Running;

namespace Conformance.Running;

/// <summary><c>compare OLD NEW [--out FOLDER]</c>: two runs side by side, on the terminal, as <c>compare.html</c> and as <c>compare.md</c>.</summary>
internal static class CompareCommand
{
    private const string Usage = "compare OLD NEW [--out FOLDER], each a results.json or the folder of a run";

    /// <returns>0 when it is safe to go from one to the other, 1 when not, 2 when one of them cannot be read.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (before, after, folder) = Read(arguments);
        try
        {
            var comparison = Comparer.Compare(
                await ResultsReader.ReadAsync(before, CancellationToken.None), await ResultsReader.ReadAsync(after, CancellationToken.None), KnownChange.All);
            Console.Write(ComparisonText.Of(comparison));
            await WriteAsync(comparison, folder);
            return comparison.IsSafe ? ExitCodes.Passed : ExitCodes.Failed;
        }
        catch (Exception unreadable) when (unreadable is ComparisonException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(unreadable.Message);
            return ExitCodes.WrongOption;
        }
    }

    private static async Task WriteAsync(Comparison comparison, string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "compare.html"), ComparisonPage.Of(comparison));
        await File.WriteAllTextAsync(Path.Combine(folder, "compare.md"), ComparisonMarkdown.Of(comparison));
        Console.WriteLine($"\nreport    {Path.Combine(folder, "compare.html")}, compare.md");
    }

    private static (string Before, string After, string Folder) Read(string[] arguments)
    {
        var (runs, folder) = (new List<string>(), (string?)null);
        for (var index = 0; index < arguments.Length; index++)
        {
            var argument = arguments[index];
            if (argument.StartsWith("--out=", StringComparison.Ordinal))
            {
                folder = argument["--out=".Length..];
            }
            else if (argument == "--out")
            {
                folder = ++index < arguments.Length ? arguments[index] : throw new OptionException($"--out needs a value: {Usage}");
            }
            else
            {
                runs.Add(argument.StartsWith('-') ? throw new OptionException($"compare does not take {argument}: {Usage}") : argument);
            }
        }

        return runs is [var before, var after]
            ? (before, after, folder ?? (Directory.Exists(after) ? after : Path.GetDirectoryName(Path.GetFullPath(after))!))
            : throw new OptionException($"compare takes two runs, and was given {runs.Count}: {Usage}");
    }
}
