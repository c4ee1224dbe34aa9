namespace Transcripts;

/// <summary>Requests in their order, from a file <c>Requests/NAME.http</c>.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Needs">What has to run beside the API server.</param>
/// <param name="Steps">The requests.</param>
public sealed record Transcript(string Name, Needs Needs, IReadOnlyList<Step> Steps)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Requests");

    public static IReadOnlyList<string> Names => [.. Directory.EnumerateFiles(Folder, "*.http").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static Transcript Load(string name) => TranscriptReader.Read(name, File.ReadAllText(Path.Combine(Folder, $"{name}.http")));
}
