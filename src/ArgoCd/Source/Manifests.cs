using Controllers.Runtime.Client;

namespace ArgoCd.Source;

/// <summary>What a source holds at a commit.</summary>
/// <param name="Revision">The commit.</param>
/// <param name="SourceType">How the manifests were made, e.g. <c>Directory</c>.</param>
/// <param name="Objects">The desired objects as in Git; shared, never to be changed.</param>
internal sealed record Manifests(string Revision, string SourceType, IReadOnlyList<Unstructured> Objects);

/// <summary>A commit, for people.</summary>
internal sealed record RevisionMetadata(string Author, DateTimeOffset Date, string Message, IReadOnlyList<string> Tags);
