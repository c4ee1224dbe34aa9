using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Kubernetes.Tests.Clients;

/// <summary>Where a real client program is, of the version whose answers the tests know.</summary>
internal static partial class ClientProgram
{
    private static readonly Dictionary<string, (string Version, string[] Ask)> Known = new()
    {
        ["kubectl"] = ("v1.35", ["version", "--client"]),
        ["helm"] = ("v4", ["version"]),
    };

    private static readonly ConcurrentDictionary<string, Lazy<(string? Program, string? Problem)>> Found = new();

    /// <summary>Skips the test where there is none, or one of another version; under CONFORMANCE_STRICT that is a failure.</summary>
    /// <returns>Its path.</returns>
    public static string Required(string name)
    {
        var (program, problem) = Found.GetOrAdd(name, client => new(() => Look(client))).Value;
        (problem is null || Environment.GetEnvironmentVariable("CONFORMANCE_STRICT") is null).Should().BeTrue(problem);
        Assert.SkipWhen(problem is not null, problem ?? "");
        return program!;
    }

    /// <summary><c>CONFORMANCE_KUBECTL</c>, <c>CONFORMANCE_HELM</c>, or the first of that name on the PATH.</summary>
    private static (string? Program, string? Problem) Look(string name)
    {
        if (!Known.TryGetValue(name, out var known))
        {
            throw new ArgumentException($"the tests start {string.Join(" and ", Known.Keys)}, not {name}", nameof(name));
        }

        var variable = $"CONFORMANCE_{name.ToUpperInvariant()}";
        var program = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (program is null)
        {
            return (null, $"there is no {name}: put {known.Version} on the PATH, or name one in {variable}");
        }

        var version = Version(program, known.Ask);
        return version.StartsWith(known.Version + '.', StringComparison.Ordinal)
            ? (program, null)
            : (null, $"{program} is {version}, and the tests know what {name} {known.Version} prints: name one in {variable}");
    }

    private static string Version(string program, string[] ask)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ask) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return VersionPattern().Match(printed) is { Success: true } match ? match.Value : "of no known version";
    }

    [GeneratedRegex(@"v\d+\.\d+\.\d+")]
    private static partial Regex VersionPattern();
}
