using LibGit2Sharp;

namespace ArgoCd.Tests;

/// <summary>A real repository in a temporary folder, with a branch <c>main</c>.</summary>
internal sealed class GitFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argocd-tests-").FullName;
    private readonly Repository _repository;
    private int _commits;

    public GitFixture()
    {
        Repository.Init(_folder);
        _repository = new Repository(_folder);
        _repository.Refs.UpdateTarget("HEAD", "refs/heads/main");
    }

    /// <summary>Address of the repository.</summary>
    public string Url => new Uri(_folder).AbsoluteUri;

    /// <summary>Writes the files, all others stay, and returns the commit. A null text deletes the file.</summary>
    public string Commit(params (string Path, string? Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(_folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (text is null)
            {
                File.Delete(file);
            }
            else
            {
                File.WriteAllText(file, text);
            }
        }

        Commands.Stage(_repository, "*");
        var author = new Signature("Reader", "reader@example.com", new DateTimeOffset(2026, 1, 1, 0, 0, _commits++ % 60, TimeSpan.Zero));
        return _repository.Commit($"commit {_commits}", author, author).Sha;
    }

    public void Tag(string name) => _repository.ApplyTag(name);

    /// <summary>A branch at the last commit.</summary>
    public void Branch(string name) => _repository.CreateBranch(name);

    public void RemoveBranch(string name) => _repository.Branches.Remove(name);

    public void Dispose()
    {
        _repository.Dispose();
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        Directory.Delete(_folder, recursive: true);
    }
}
