namespace EmbeddedCluster.Programs;

/// <summary>Progress as lines of text, in the order in which it happens.</summary>
public sealed class LineProgress(TextWriter writer) : IProgress<string>
{
    public void Report(string value) => writer.WriteLine(value);
}
