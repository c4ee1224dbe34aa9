namespace EmbeddedCluster.Images.Extensions;

/// <summary>An extension that could not be installed: what the installer prints, and what it exits with.</summary>
/// <param name="message">As the program prints it that fails: curl, tar, cp or the installer itself.</param>
/// <param name="exitCode">That program's.</param>
internal sealed class ExtensionInstallException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
