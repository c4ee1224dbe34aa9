using System.ComponentModel;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace EmbeddedCluster.Programs;

/// <summary>A program's own word on its version, which also shows that it runs on this machine.</summary>
internal static partial class ProgramVersion
{
    /// <summary>The version in what the program prints when asked with <paramref name="argument"/>.</summary>
    /// <exception cref="ProgramSourceException">It does not run here, e.g. another architecture or a missing library.</exception>
    public static async Task<string> AskAsync(string path, string argument, CancellationToken cancel)
    {
        try
        {
            var result = await Cli.Wrap(path).WithArguments(argument).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancel);
            return result.ExitCode == 0
                ? In(result.StandardOutput + result.StandardError)
                : throw Failed(path, $"'{path} {argument}' ended with exit code {result.ExitCode}: {result.StandardError.Trim()}");
        }
        catch (Win32Exception cause)
        {
            throw Failed(path, $"'{path}' cannot be run: {cause.Message}", cause);
        }
    }

    /// <summary>The first version number in a text, without what distributions append to it.</summary>
    public static string In(string output) => Number().Match(output) is { Success: true } found ? found.Value : "unknown";

    private static ProgramSourceException Failed(string path, string reason, Exception? cause = null)
        => new(reason, $"remove or replace '{path}'", cause);

    [GeneratedRegex(@"\d+\.\d+\.\d+(-[a-z]+\.\d+)?")]
    private static partial Regex Number();
}
