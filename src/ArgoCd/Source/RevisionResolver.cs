using System.Text.RegularExpressions;

namespace ArgoCd.Source;

/// <summary>Which commit a revision means, given what the remote advertises (<c>util/git/client.go</c> LsRemote).</summary>
internal static partial class RevisionResolver
{
    public static bool IsCommitSha(string revision) => CommitSha().IsMatch(revision);

    /// <param name="revision">Branch, tag, <c>HEAD</c>, full reference, full or shortened commit; empty means HEAD.</param>
    /// <param name="references">Remote references and the commits they point to; HEAD included.</param>
    /// <exception cref="SourceException">Nothing of that name.</exception>
    public static string Resolve(string? revision, IReadOnlyDictionary<string, string> references)
    {
        var name = string.IsNullOrEmpty(revision) ? "HEAD" : revision;
        if (IsCommitSha(name))
        {
            return name;
        }

        // an annotated tag is advertised twice: as itself, and with ^{} as the commit it tags
        foreach (var candidate in (string[])[name, $"refs/heads/{name}", $"refs/tags/{name}^{{}}", $"refs/tags/{name}", $"refs/remotes/{name}"])
        {
            if (references.TryGetValue(candidate, out var commit))
            {
                return commit;
            }
        }

        return TruncatedSha().IsMatch(name)
            ? name
            : throw new SourceException($"unable to resolve '{name}' to a commit SHA: revision not found");
    }

    [GeneratedRegex("^[0-9A-Fa-f]{40}$")]
    private static partial Regex CommitSha();

    [GeneratedRegex("^[0-9A-Fa-f]{7,39}$")]
    private static partial Regex TruncatedSha();
}
