using Controllers.Runtime.Caching;
using k8s.Models;

namespace ArgoCd.Source;

/// <summary>The repositories that were registered, as secrets of Argo CD's namespace.</summary>
internal sealed class Repositories(ILister<V1Secret> secrets, string @namespace)
{
    public IReadOnlyList<Repository> List() => [.. Secrets("repository").Select(Repository.Of)];

    /// <summary>The registered repository of an address; an unregistered one is reached without credentials.</summary>
    public Repository Find(string url)
    {
        var wanted = Repository.Normalize(url);
        var registered = List().FirstOrDefault(repository => Repository.Normalize(repository.Url) == wanted) ?? new Repository(url);
        if (registered.Password is not null)
        {
            return registered;
        }

        var template = Secrets("repo-creds").Select(Repository.Of)
            .Where(credentials => wanted.StartsWith(Repository.Normalize(credentials.Url), StringComparison.Ordinal))
            .MaxBy(credentials => credentials.Url.Length);
        return template is null
            ? registered
            : registered with { Username = template.Username, Password = template.Password, Insecure = registered.Insecure || template.Insecure };
    }

    private IEnumerable<V1Secret> Secrets(string type)
        => secrets.List(@namespace).Where(secret => secret.Metadata.Labels?.TryGetValue(Repository.SecretTypeLabel, out var value) == true && value == type);
}
