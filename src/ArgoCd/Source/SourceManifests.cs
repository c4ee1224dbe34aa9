using System.Collections.Concurrent;
using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime.Client;
using LibGit2Sharp;

namespace ArgoCd.Source;

/// <summary>Makes the manifests of an application's source: what Argo CD's repo server does, for directories of plain manifests.</summary>
internal sealed class SourceManifests(GitClient git)
{
    private const int CachedMax = 200;

    private readonly ConcurrentDictionary<string, Manifests> _cache = new();

    /// <summary>Which commit a revision is now.</summary>
    /// <exception cref="SourceException">Repository or revision not found.</exception>
    public async Task<string> ResolveAsync(Repository repository, string? revision, CancellationToken cancel)
    {
        Validate(repository.Url);
        return revision is not null && RevisionResolver.IsCommitSha(revision)
            ? revision
            : RevisionResolver.Resolve(revision, await git.ListReferencesAsync(repository, cancel));
    }

    /// <summary>Checks that the repository answers (<c>TestRepository</c>).</summary>
    public async Task TestAsync(Repository repository, CancellationToken cancel)
    {
        Validate(repository.Url);
        try
        {
            await git.ListReferencesAsync(repository, cancel);
        }
        catch (SourceException exception)
        {
            var cause = exception.Description.Replace("failed to list refs: ", "", StringComparison.Ordinal);
            throw new SourceException($"error testing repository connectivity: unable to ls-remote HEAD on repository: failed to list refs: {cause}", exception.Code, exception);
        }
    }

    /// <param name="repository">Where the source lives.</param>
    /// <param name="source">Path and generator options.</param>
    /// <param name="revision">A commit.</param>
    /// <param name="useCache">False on a hard refresh.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="SourceException">In the repo server's words.</exception>
    public async Task<Manifests> GenerateAsync(Repository repository, ApplicationSource source, string revision, bool useCache, CancellationToken cancel)
    {
        var key = $"{Repository.Normalize(repository.Url)}\n{revision}\n{ArgoJson.Write(source with { TargetRevision = null }).ToJsonString()}";
        if (useCache && _cache.TryGetValue(key, out var cached))
        {
            return cached;
        }

        var manifests = await git.ReadAsync(repository, revision, (_, commit) => Generate(source, commit), cancel);
        if (_cache.Count >= CachedMax)
        {
            _cache.Clear();
        }

        return _cache[key] = manifests;
    }

    /// <summary>Author, time and message of a commit.</summary>
    public Task<RevisionMetadata> DescribeAsync(Repository repository, string revision, CancellationToken cancel)
        => git.ReadAsync(
            repository,
            revision,
            (clone, commit) => new RevisionMetadata(
                $"{commit.Author.Name} <{commit.Author.Email}>",
                commit.Author.When,
                commit.Message.TrimEnd('\n'),
                [.. clone.Tags.Where(tag => tag.PeeledTarget?.Sha == commit.Sha).Select(tag => tag.FriendlyName)]),
            cancel);

    private static Manifests Generate(ApplicationSource source, Commit commit)
    {
        if (source.Chart is { Length: > 0 })
        {
            throw Unsupported("Helm", source.Chart);
        }

        var tree = Directory(source.Path ?? "", commit.Tree);
        var files = Files(tree, "", source.Directory?.Recurse == true).ToList();
        var type = ManifestFiles.TypeOf(source, files.Where(file => !file.Path.Contains('/')).Select(file => file.Path));
        if (type != ManifestFiles.DirectoryType)
        {
            throw Unsupported(type, source.Path ?? "");
        }

        var objects = ManifestFiles.Read(files
            .Where(file => ManifestFiles.IsManifest(file.Path, source.Directory))
            .Select(file => new SourceFile(file.Path, file.Blob.GetContentText())));
        return new Manifests(commit.Sha, type, objects);
    }

    private static Tree Directory(string path, Tree root)
    {
        if (path.StartsWith('/') || path.Split('/').Contains(".."))
        {
            throw new SourceException($"{path}: app path {(path.StartsWith('/') ? "is absolute" : "outside root")}");
        }

        var normalized = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."));
        if (normalized.Length == 0)
        {
            return root;
        }

        return root[normalized] switch
        {
            null => throw new SourceException($"{path}: app path does not exist"),
            { Target: Tree tree } => tree,
            _ => throw new SourceException($"{path}: app path is not a directory"),
        };
    }

    private static IEnumerable<(string Path, Blob Blob)> Files(Tree tree, string prefix, bool recurse)
    {
        foreach (var entry in tree)
        {
            if (entry.Target is Blob blob)
            {
                yield return (prefix + entry.Name, blob);
            }
            else if (recurse && entry.Target is Tree inner)
            {
                foreach (var file in Files(inner, $"{prefix}{entry.Name}/", recurse))
                {
                    yield return file;
                }
            }
        }
    }

    private static SourceException Unsupported(string type, string what)
        => new($"{type} sources are not supported by this implementation of Argo CD ({what}): use a directory of plain manifests", "Unimplemented");

    private static void Validate(string url)
    {
        if (string.IsNullOrWhiteSpace(url) || (!Uri.TryCreate(url, UriKind.Absolute, out _) && !url.Contains('@', StringComparison.Ordinal)))
        {
            throw new SourceException($"repository URL \"{url}\" is invalid", "InvalidArgument");
        }
    }
}
