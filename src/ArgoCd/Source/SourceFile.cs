namespace ArgoCd.Source;

/// <summary>One file of an application's directory.</summary>
/// <param name="Path">Path below the application's directory, with <c>/</c>.</param>
/// <param name="Text">Its content; null for files whose content nobody needs.</param>
internal sealed record SourceFile(string Path, string? Text)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
