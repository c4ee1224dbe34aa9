namespace EmbeddedCluster.Programs;

/// <summary>A source that did not give the program.</summary>
/// <param name="Source">E.g. <c>PATH</c>.</param>
/// <param name="Reason">Why not.</param>
/// <param name="Remedy">What its user can do about it.</param>
public sealed record ProgramAttempt(string Source, string Reason, string Remedy);
