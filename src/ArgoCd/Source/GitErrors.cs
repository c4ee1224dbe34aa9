using LibGit2Sharp;

namespace ArgoCd.Source;

/// <summary>libgit2's messages in the words that Argo CD's users know (those of go-git).</summary>
internal static class GitErrors
{
    public static string Describe(LibGit2SharpException exception, string url)
    {
        var message = exception.Message;
        if (exception is RepositoryNotFoundException || Contains("404") || Contains("repository not found") || Contains("could not find repository")
            || Contains("failed to resolve path"))
        {
            return "repository not found";
        }

        if (Contains("401") || Contains("authentication") || Contains("credentials"))
        {
            return "authentication required";
        }

        if (Contains("403"))
        {
            return "authorization failed";
        }

        if (Contains("failed to connect") || Contains("connection refused"))
        {
            return $"Get \"{url}/info/refs?service=git-upload-pack\": dial tcp {Host(url)}: connect: connection refused";
        }

        return Contains("failed to resolve address")
            ? $"Get \"{url}/info/refs?service=git-upload-pack\": dial tcp: lookup {Host(url).Split(':')[0]}: no such host"
            : message;

        bool Contains(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    private static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Authority : url;
}
