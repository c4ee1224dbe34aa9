namespace EmbeddedCluster.Programs;

/// <summary>A source that was tried and failed.</summary>
internal sealed class ProgramSourceException(string reason, string remedy, Exception? cause = null) : Exception(reason, cause)
{
    public string Remedy => remedy;
}
