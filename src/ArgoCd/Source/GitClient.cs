using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;
using LibGit2Sharp.Handlers;

namespace ArgoCd.Source;

/// <summary>
/// Git repositories fetched into bare clones below one private folder: one clone per address, read by commit, never checked out.
/// </summary>
/// <param name="folder">Where the clones are.</param>
/// <param name="patience">How long a server may take to list its references; null: <see cref="RequestTimeout"/>.</param>
internal sealed class GitClient(string folder, TimeSpan? patience = null)
{
    /// <summary>
    /// Upstream's default of ARGOCD_GIT_REQUEST_TIMEOUT (<c>util/git/client.go</c>), by the machine's clock: no server answers faster because a
    /// cluster's clock does.
    /// </summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _locks = new();

    /// <summary>References of the remote and the commits they point to, HEAD included.</summary>
    /// <exception cref="SourceException">The repository cannot be reached, or does not answer in time.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ListReferencesAsync(Repository repository, CancellationToken cancel)
    {
        try
        {
            // libgit2 has no time limit of its own, and cannot be interrupted: a request without answer is left behind
            return await Task.Run(() => References(repository), cancel).WaitAsync(patience ?? RequestTimeout, TimeProvider.System, cancel);
        }
        catch (TimeoutException exception)
        {
            throw new SourceException($"failed to list refs: {GitErrors.NoAnswer(repository.Url)}", inner: exception);
        }
        catch (LibGit2SharpException exception)
        {
            throw new SourceException($"failed to list refs: {GitErrors.Describe(exception, repository.Url)}", inner: exception);
        }
    }

    /// <summary>Fetches the repository when the commit is not there yet, and reads from it.</summary>
    /// <param name="repository">Where from.</param>
    /// <param name="revision">A commit, full or shortened.</param>
    /// <param name="read">Reads the commit; runs while the clone is locked.</param>
    /// <param name="cancel">Ends the wait for the clone.</param>
    /// <exception cref="SourceException">The repository cannot be fetched, or does not have the commit.</exception>
    public async Task<T> ReadAsync<T>(Repository repository, string revision, Func<LibGit2Sharp.Repository, Commit, T> read, CancellationToken cancel)
    {
        var gate = _locks.GetOrAdd(Repository.Normalize(repository.Url), _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Read(repository, revision, read, cancel), cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private T Read<T>(Repository repository, string revision, Func<LibGit2Sharp.Repository, Commit, T> read, CancellationToken cancel)
    {
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Repository.Normalize(repository.Url))))[..24]);
        if (!Directory.Exists(path))
        {
            LibGit2Sharp.Repository.Init(path, isBare: true);
        }

        using var clone = new LibGit2Sharp.Repository(path);
        if (clone.Lookup<Commit>(revision) is not { } commit)
        {
            Fetch(clone, repository, cancel);
            commit = clone.Lookup<Commit>(revision)
                ?? throw new SourceException($"Failed to checkout revision {revision}: object not found in {repository.Url}", "Internal");
        }

        return read(clone, commit);
    }

    private static Dictionary<string, string> References(Repository repository)
    {
        var references = new Dictionary<string, string>();
        var listed = LibGit2Sharp.Repository.ListRemoteReferences(repository.Url, Credentials(repository)).ToList();
        foreach (var reference in listed.OfType<DirectReference>())
        {
            references[reference.CanonicalName] = reference.TargetIdentifier;
        }

        foreach (var reference in listed.OfType<SymbolicReference>())
        {
            if (references.TryGetValue(reference.TargetIdentifier, out var commit))
            {
                references[reference.CanonicalName] = commit;
            }
        }

        return references;
    }

    private static void Fetch(LibGit2Sharp.Repository clone, Repository repository, CancellationToken cancel)
    {
        var options = new FetchOptions
        {
            CredentialsProvider = Credentials(repository),
            TagFetchMode = TagFetchMode.All,
            Prune = true,
            OnTransferProgress = _ => !cancel.IsCancellationRequested,
        };
        if (repository.Insecure)
        {
            options.CertificateCheck = (_, _, _) => true;
        }

        try
        {
            var origin = clone.Network.Remotes["origin"] ?? clone.Network.Remotes.Add("origin", repository.Url);
            if (origin.Url != repository.Url) // the same repository under another spelling
            {
                clone.Network.Remotes.Update("origin", remote => remote.Url = repository.Url);
            }

            clone.Network.Fetch("origin", ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], options);
        }
        catch (LibGit2SharpException exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw new SourceException($"Failed to fetch default: {GitErrors.Describe(exception, repository.Url)}", "Internal", exception);
        }
    }

    private static CredentialsHandler? Credentials(Repository repository)
        => repository.Password is null
            ? null
            : (_, _, _) => new UsernamePasswordCredentials { Username = repository.Username ?? "git", Password = repository.Password };
}
