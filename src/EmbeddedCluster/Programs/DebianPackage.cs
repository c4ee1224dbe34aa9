namespace EmbeddedCluster.Programs;

/// <summary>A package of Debian and Ubuntu that holds a program; its version is whatever the system's sources offer.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Entry">The program's path inside it, e.g. <c>usr/bin/prometheus</c>.</param>
public sealed record DebianPackage(string Name, string Entry);
