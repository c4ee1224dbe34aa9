namespace EmbeddedCluster.Programs;

/// <summary>A program that could not be had from any source. The message names each source with its reason and remedy.</summary>
public sealed class ProgramMissingException(string program, IReadOnlyList<ProgramAttempt> attempts)
    : Exception(Text(program, attempts))
{
    public string Program => program;

    public IReadOnlyList<ProgramAttempt> Attempts => attempts;

    private static string Text(string program, IReadOnlyList<ProgramAttempt> attempts)
        => $"{program} could not be found or fetched:"
            + string.Concat(attempts.Select(attempt => $"\n  {attempt.Source}: {attempt.Reason}\n    remedy: {attempt.Remedy}"));
}
