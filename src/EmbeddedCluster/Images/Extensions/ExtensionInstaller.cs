namespace EmbeddedCluster.Images.Extensions;

/// <summary>
/// What the installer's script does, with its words: download, check, unpack. As since its version 1.0.0 a failure is the container's, unless
/// <c>IGNORE_FAILURE</c> forgives it.
/// </summary>
/// <param name="http">Reaches what a pod reaches.</param>
/// <param name="time">Real time: the network is no faster than it is.</param>
/// <param name="log">The container's.</param>
internal sealed class ExtensionInstaller(HttpClient http, TimeProvider time, TextWriter log)
{
    /// <returns>The exit code: 0, that of curl, tar or cp, or 1.</returns>
    /// <param name="environment">See <see cref="ExtensionSettings"/>; beside it <c>EXTENSION_ENABLED</c> and <c>IGNORE_FAILURE</c>.</param>
    /// <param name="folder">What <c>/tmp/extensions</c> is.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, string> environment, string folder, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var name = environment.GetValueOrDefault("EXTENSION_NAME", "");
        if (environment.GetValueOrDefault("EXTENSION_ENABLED", "true") != "true")
        {
            await log.WriteLineAsync($"{name} extension is disabled");
            return 0;
        }

        var exitCode = 0;
        try
        {
            await InstallAsync(ExtensionSettings.Read(environment), folder, stop);
        }
        catch (ExtensionInstallException failure)
        {
            exitCode = failure.ExitCode;
            await log.WriteLineAsync(failure.Message);
            await log.WriteLineAsync($"ERROR: failed to install {name} extension: error code: {exitCode}");
            if (environment.GetValueOrDefault("IGNORE_FAILURE") == "true")
            {
                await log.WriteLineAsync("IGNORE_FAILURE is set to true: ignoring error and exiting 0");
                exitCode = 0;
            }
        }

        await log.WriteLineAsync($"Elapsed Time: {time.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return exitCode;
    }

    private async Task InstallAsync(ExtensionSettings settings, string folder, CancellationToken stop)
    {
        await log.WriteLineAsync("Downloading the UI extension...");
        var archive = await new ExtensionDownload(http, time).FetchAsync(settings, stop);
        await log.WriteLineAsync("UI extension downloaded successfully");

        await log.WriteLineAsync("Installing the UI extension...");
        ExtensionArchive.Unpack(archive, folder);
        if (settings is { Variables: { } variables, Name.Length: > 0 })
        {
            await log.WriteLineAsync(ExtensionVariables.Write(Path.Combine(folder, "resources"), settings.Name, variables));
        }

        await log.WriteLineAsync("UI extension installed successfully");
    }
}
