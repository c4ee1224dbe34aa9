using Fixtures.Running;

namespace Conformance.Running;

/// <summary>
/// The entry point: started by <c>dotnet test</c> (or an IDE) it is a test program of Microsoft.Testing.Platform, started by a person it
/// is the suite with its own options and progress.
/// </summary>
internal static class Program
{
    private static readonly string[] TestPlatformArguments = ["--server", "--dotnet-test-pipe", "--internal-msbuild-node", "--list-tests"];

    public static async Task<int> Main(string[] arguments)
    {
        if (arguments.Any(argument => TestPlatformArguments.Contains(argument.Split('=')[0])))
        {
            return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
        }

        try
        {
            if (SuiteCommand.Find(arguments) is { } command)
            {
                return await command.RunAsync(arguments[1..]);
            }

            var options = SuiteOptionReader.Read(arguments, Settings.Environment());
            if (options.Help)
            {
                Console.Write(SuiteOptionReader.Help());
                Console.Write(SuiteCommand.Help());
                return ExitCodes.Passed;
            }

            return options.Catalogue ? PrintCatalogue() : await SuiteRunner.RunAsync(options);
        }
        catch (OptionException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.WrongOption;
        }
    }

    private static int PrintCatalogue()
    {
        Console.Write(Fixtures.Reporting.CatalogueMarkdown.Of(ScenarioCatalogue.All));
        return ExitCodes.Passed;
    }
}
