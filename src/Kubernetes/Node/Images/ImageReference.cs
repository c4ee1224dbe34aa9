namespace Kubernetes.Node.Images;

/// <summary>An image reference in its full form, as container runtimes normalise it (<c>distribution/reference</c>).</summary>
/// <param name="Repository">With registry, e.g. <c>docker.io/library/alpine</c>.</param>
/// <param name="Tag"><c>latest</c> when neither tag nor digest is given; empty with a digest alone.</param>
/// <param name="Digest"><c>sha256:...</c> or empty.</param>
public sealed record ImageReference(string Repository, string Tag, string Digest)
{
    private const string DefaultRegistry = "docker.io";

    /// <summary>Reads a reference as it stands in a pod.</summary>
    /// <exception cref="FormatException">Not a reference; upstream ends such a container as InvalidImageName.</exception>
    public static ImageReference Parse(string text)
    {
        var (named, digest) = Cut(text, text.IndexOf('@'));
        var colon = named.LastIndexOf(':');
        var (repository, tag) = colon > named.LastIndexOf('/') ? Cut(named, colon) : (named, "");
        if (repository.Length == 0 || repository.Any(letter => char.IsWhiteSpace(letter) || char.IsAsciiLetterUpper(letter)))
        {
            throw new FormatException($"couldn't parse image name \"{text}\": invalid reference format");
        }

        return new ImageReference(Qualified(repository), tag.Length == 0 && digest.Length == 0 ? "latest" : tag, digest);
    }

    /// <summary>The repository with its registry: <c>alpine</c> is <c>docker.io/library/alpine</c>.</summary>
    public static string Qualified(string repository)
    {
        var slash = repository.IndexOf('/');
        var first = slash < 0 ? "" : repository[..slash];
        if (first.Contains('.') || first.Contains(':') || first == "localhost")
        {
            return repository;
        }

        return slash < 0 ? $"{DefaultRegistry}/library/{repository}" : $"{DefaultRegistry}/{repository}";
    }

    public override string ToString() => Repository + (Tag.Length > 0 ? $":{Tag}" : "") + (Digest.Length > 0 ? $"@{Digest}" : "");

    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);
}
