using k8s.Models;

namespace ArgoCd.Source;

/// <summary>A repository and what is needed to reach it: a secret labelled <c>argocd.argoproj.io/secret-type: repository</c>.</summary>
internal sealed record Repository(string Url)
{
    public const string SecretTypeLabel = "argocd.argoproj.io/secret-type";

    public string Type { get; init; } = "git";

    public string Name { get; init; } = "";

    public string Project { get; init; } = "";

    public string? Username { get; init; }

    /// <summary>Never shown or logged.</summary>
    public string? Password { get; init; }

    public bool Insecure { get; init; }

    /// <summary>What messages show, without the credentials.</summary>
    public override string ToString() => $"&Repository{{Repo: \"{Url}\", Type: \"{Type}\", Name: \"{Name}\", Project: \"{Project}\"}}";

    public static Repository Of(V1Secret secret)
    {
        string? Field(string name) => secret.Data?.TryGetValue(name, out var bytes) == true ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        return new Repository(Field("url") ?? "")
        {
            Type = Field("type") ?? "git",
            Name = Field("name") ?? "",
            Project = Field("project") ?? "",
            Username = Field("username"),
            Password = Field("password"),
            Insecure = Field("insecure") == "true",
        };
    }

    /// <summary>Addresses that mean the same repository compare equal: case, trailing slash and <c>.git</c> do not count.</summary>
    public static string Normalize(string url)
    {
        var trimmed = url.Trim().ToLowerInvariant().TrimEnd('/');
        return trimmed.EndsWith(".git", StringComparison.Ordinal) ? trimmed[..^4] : trimmed;
    }
}
