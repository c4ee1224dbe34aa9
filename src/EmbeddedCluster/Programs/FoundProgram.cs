namespace EmbeddedCluster.Programs;

/// <summary>A program that can be run.</summary>
/// <param name="Name">E.g. <c>prometheus</c>.</param>
/// <param name="Path">Its file.</param>
/// <param name="Version">What it says of itself, e.g. <c>3.15.0</c>; not necessarily the pinned one.</param>
/// <param name="Source">Where it came from, e.g. <c>PATH</c>.</param>
public sealed record FoundProgram(string Name, string Path, string Version, string Source);
