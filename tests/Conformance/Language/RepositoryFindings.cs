using System.Text.Json.Nodes;
using Fixtures.ArgoCd;
using Fixtures.Observing;
using Fixtures.Waiting;
using static Conformance.Language.Duration;

namespace Conformance.Language;

/// <summary>What the reader does and finds under Settings → Repositories and at the login.</summary>
public static class RepositoryFindings
{
    /// <summary>CONNECT REPO with the reader's own repository.</summary>
    public static Task ConnectsTheRepository(this Reader reader) => reader.Step(
        "connects the repository", () => reader.Stage.ArgoCd.ConnectRepositoryAsync(reader.Stage.Repository.Url, reader.Stop));

    /// <summary>The repository is in the list with this connection status, if not at once: Argo CD lists from its cache.</summary>
    public static async Task FindsTheRepository(this Reader reader, string status)
    {
        await using var readings = new PeriodicReadings(
            $"Repository '{reader.Stage.Repository.Url}'", reader.Stage.Cluster.Time, async stop =>
            {
                var listed = await reader.Stage.ArgoCd.RepositoriesAsync(stop);
                return listed.FirstOrDefault(repository => $"{repository["repo"]}" == $"{reader.Stage.Repository.Url}") ?? new JsonObject();
            });
        await reader.Sees(readings.Subject, Field.Expect(status, Field.Is(".connectionState.status", status)), within: Seconds(60));
    }

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
