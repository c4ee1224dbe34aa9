using System.Runtime.InteropServices;

namespace EmbeddedCluster.Programs;

/// <summary>An operating system and a processor, named as Go's releases name them: <c>linux-amd64</c>.</summary>
public sealed record Platform(string Os, string Architecture)
{
    /// <summary>The machine that this process runs on.</summary>
    public static Platform Current { get; } = new(
        OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux",
        RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            var other => other.ToString().ToLowerInvariant(),
        });

    /// <summary>Name of a program's file on this platform.</summary>
    public string FileName(string program) => Os == "windows" ? program + ".exe" : program;

    public override string ToString() => $"{Os}-{Architecture}";
}
