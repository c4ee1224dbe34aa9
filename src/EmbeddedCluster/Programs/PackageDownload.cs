using CliWrap;
using CliWrap.Buffered;

namespace EmbeddedCluster.Programs;

/// <summary>
/// Takes a program out of a package of Debian or Ubuntu without installing it and without being root: the system's package sources and
/// keys decide what is fetched, dpkg-deb unpacks it into a private folder.
/// </summary>
internal sealed class PackageDownload(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private const string ByHand = "install the package with the system's package manager";

    /// <exception cref="ProgramSourceException">The package cannot be had, or does not hold the program.</exception>
    public Task FetchAsync(DebianPackage package, string target, CancellationToken cancel)
        => AtomicFile.PlaceExecutableAsync(target, async folder =>
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            try
            {
                return await TakeAsync(package, folder, either.Token);
            }
            catch (OperationCanceledException cause) when (!cancel.IsCancellationRequested)
            {
                throw new ProgramSourceException($"apt-get did not finish within {Limit.TotalMinutes} min", ByHand, cause);
            }
        });

    private static async Task<string> TakeAsync(DebianPackage package, string folder, CancellationToken cancel)
    {
        // A fresh container has no lists, and an ordinary user may not update the system's: the second try has its own
        var refused = await DownloadAsync(package, folder, [], cancel);
        if (refused is not null)
        {
            var own = OwnLists(folder);
            await RunAsync(folder, "apt-get", [.. own, "-q", "update"], cancel);
            refused = await DownloadAsync(package, folder, own, cancel);
        }

        if (refused is not null)
        {
            throw new ProgramSourceException(refused, $"see whether 'apt-get download {package.Name}' works, or {ByHand}");
        }

        var contents = Path.Combine(folder, "contents");
        var file = Directory.GetFiles(folder, "*.deb").Single();
        var unpacked = await RunAsync(folder, "dpkg-deb", ["-x", file, contents], cancel);
        var program = Path.Combine(contents, package.Entry);
        return unpacked.ExitCode == 0 && File.Exists(program)
            ? program
            : throw new ProgramSourceException($"{Path.GetFileName(file)} does not hold {package.Entry} {unpacked.StandardError}".TrimEnd(), ByHand);
    }

    /// <returns>What apt-get said, or null when the package is there.</returns>
    private static async Task<string?> DownloadAsync(DebianPackage package, string folder, IEnumerable<string> options, CancellationToken cancel)
    {
        var result = await RunAsync(folder, "apt-get", [.. options, "-q", "download", package.Name], cancel);
        return result.ExitCode == 0 && Directory.GetFiles(folder, "*.deb").Length == 1
            ? null
            : $"'apt-get download {package.Name}' ended with exit code {result.ExitCode}: {result.StandardError.Trim().ReplaceLineEndings("; ")}";
    }

    private static IReadOnlyList<string> OwnLists(string folder)
    {
        var lists = Directory.CreateDirectory(Path.Combine(folder, "lists")).FullName;
        var cache = Directory.CreateDirectory(Path.Combine(folder, "cache")).FullName;
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        Directory.CreateDirectory(Path.Combine(cache, "archives", "partial"));
        return
        [
            "-o", $"Dir::State::Lists={lists}", "-o", $"Dir::Cache={cache}", "-o", "Debug::NoLocking=1", "-o", "Acquire::Languages=none",
            "-o", "Acquire::http::Timeout=10", "-o", "Acquire::https::Timeout=10",
        ];
    }

    private static async Task<BufferedCommandResult> RunAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken cancel)
        => await Cli.Wrap(program)
            .WithWorkingDirectory(folder)
            .WithArguments(arguments)
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["LC_ALL"] = "C", ["DEBIAN_FRONTEND"] = "noninteractive" })
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancel);
}
