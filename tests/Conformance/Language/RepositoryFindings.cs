using Fixtures.ArgoCd;

namespace Conformance.Language;

/// <summary>What the reader does and finds under Settings → Repositories and at the login.</summary>
public static class RepositoryFindings
{
    /// <summary>CONNECT REPO with the reader's own repository.</summary>
    public static Task ConnectsTheRepository(this Reader reader) => reader.Step(
        "connects the repository", () => reader.Stage.ArgoCd.ConnectRepositoryAsync(reader.Stage.Repository.Url, reader.Stop));

    /// <summary>The repository is in the list with this connection status.</summary>
    public static Task FindsTheRepository(this Reader reader, string status) => reader.Step(
        $"finds the repository {status}", async () =>
        {
            var listed = await reader.Stage.ArgoCd.RepositoriesAsync(reader.Stop);
            var mine = listed.FirstOrDefault(repository => $"{repository["repo"]}" == $"{reader.Stage.Repository.Url}");
            var observed = mine?["connectionState"]?["status"]?.ToString();
            reader.Judge(
                $"Repository '{reader.Stage.Repository.Url}'",
                $"is not {status}",
                status,
                mine is null ? "not in the list" : mine["connectionState"]?.ToJsonString() ?? "without a connection state",
                observed == status ? null : $".connectionState.status {observed ?? "(none)"}");
        });

    /// <summary>There is no such repository in the list.</summary>
    public static Task FindsNoRepository(this Reader reader, Uri repository) => reader.Step(
        $"finds no repository {repository}", async () =>
        {
            var listed = (await reader.Stage.ArgoCd.RepositoriesAsync(reader.Stop)).Select(one => $"{one["repo"]}").ToList();
            reader.Judge(
                $"Repository '{repository}'", "is listed although it was refused", "not in the list", string.Join(", ", listed), listed.Contains($"{repository}") ? "it is in the list" : null);
        });

    /// <summary>CONNECT REPO is refused for what is no repository.</summary>
    public static Task CannotConnect(this Reader reader, Uri repository) => reader.IsRefused(
        "a repository that is not there", () => reader.Stage.ArgoCd.ConnectRepositoryAsync(repository, reader.Stop), "a refusal that names the repository", refusal => refusal.Said.Contains("repository", StringComparison.OrdinalIgnoreCase));

    /// <summary>The login is refused with another password.</summary>
    public static Task IsNotLetInWith(this Reader reader, string password) => reader.IsRefused(
        "a wrong password",
        () => reader.Stage.Stranger().LoginAsync(reader.Stage.Cluster.ArgoCd.User, password, reader.Stop),
        "401, Invalid username or password",
        refusal => refusal is { Status: System.Net.HttpStatusCode.Unauthorized, Said: "Invalid username or password" });

    /// <summary>The login works.</summary>
    public static Task IsStillLetIn(this Reader reader) => reader.Step(
        "is let in again",
        () => reader.Stage.Stranger().LoginAsync(reader.Stage.Cluster.ArgoCd.User, reader.Stage.Cluster.ArgoCd.Password, reader.Stop));
}
