using Fixtures.Clusters;
using Fixtures.Reporting.Nightly;
using Fixtures.Running;
using Fixtures.Stack;

namespace Conformance.Running;

/// <summary>What the program does besides running scenarios: the first argument names it.</summary>
/// <param name="Name">E.g. <c>matrix</c>.</param>
/// <param name="Words">What it does.</param>
/// <param name="RunAsync">With the arguments after the name; returns what the program ends with.</param>
internal sealed record SuiteCommand(string Name, string Words, Func<string[], Task<int>> RunAsync)
{
    private static readonly string[] OptionsOfImages = ["--stack", "--rollouts", "--argocd", "--kubernetes", "--charts"];

    private static readonly SuiteCommand[] All =
    [
        new("matrix", "print helm/versions.json as the matrices of the nightly run, in one line of JSON", Matrix),
        new("images", $"print every image that a real cluster has to pull, for machines that cannot; takes {string.Join(", ", OptionsOfImages)}", ImagesAsync),
        new("compare", "set two runs side by side: compare OLD NEW [--out FOLDER]; ends with 0 when it is safe to go to NEW, 1 when not, 2 when one cannot be read", CompareCommand.RunAsync),
        new("night", "print a page over the runs of a night, given the folder with a folder for each; ends with 1 when one is red or missing", NightAsync),
    ];

    /// <summary>The command that the first argument names; null when it is an option, or there is none.</summary>
    /// <exception cref="OptionException">A word that is no command.</exception>
    public static SuiteCommand? Find(IReadOnlyList<string> arguments) => arguments is not [var name, ..] || name.StartsWith('-')
        ? null
        : All.FirstOrDefault(command => command.Name == name)
            ?? throw new OptionException($"unknown command {name}: there are {string.Join(", ", All.Select(command => command.Name))}; --help lists the options");

    /// <summary>For the end of <c>--help</c>.</summary>
    public static string Help() => $"\nCommands: dotnet run --project tests/Conformance -- COMMAND\n\n{string.Concat(All.Select(command => $"  {command.Name,-22} {command.Words}\n"))}";

    private static Task<int> Matrix(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            throw new OptionException($"matrix takes no options, and was given {arguments[0]}");
        }

        Console.WriteLine(MatrixCells.Json(VersionMatrix.Read()));
        return Task.FromResult(ExitCodes.Passed);
    }

    private static async Task<int> NightAsync(string[] arguments)
    {
        if (arguments is not [var folder] || !Directory.Exists(folder))
        {
            throw new OptionException("night takes one folder, with a folder night-NAME for each run: night FOLDER");
        }

        var matrix = VersionMatrix.Read();
        var night = await Night.ReadAsync(folder, [.. MatrixCells.Cells(matrix).Select(cell => cell.Name), .. MatrixCells.Upgrades(matrix).Select(cell => cell.Name)]);
        Console.Write(NightMarkdown.Of(night));
        return night.Any(run => !run.IsGreen) ? ExitCodes.Failed : ExitCodes.Passed;
    }

    private static async Task<int> ImagesAsync(string[] arguments)
    {
        if (arguments.FirstOrDefault(argument => argument.StartsWith("--", StringComparison.Ordinal) && !OptionsOfImages.Contains(argument.Split('=')[0])) is { } wrong)
        {
            throw new OptionException($"images does not take {wrong}; it takes {string.Join(", ", OptionsOfImages)}");
        }

        var options = SuiteOptionReader.Read(arguments, Settings.Environment());
        return await ImageList.PrintAsync(options.Target, Console.Out, Console.Error, CancellationToken.None) ? ExitCodes.Passed : ExitCodes.Failed;
    }
}
