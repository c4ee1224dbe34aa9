using System.Text.RegularExpressions;
using LibGit2Sharp;

namespace ArgoCd.Source;

/// <summary>
/// libgit2's messages in the words that Argo CD's users know (those of go-git, plumbing/transport). go-git adds what the server wrote into its
/// answer, which libgit2 does not tell.
/// </summary>
internal static partial class GitErrors
{
    public static string Describe(LibGit2SharpException exception, string url)
    {
        var message = exception.Message;
        var status = StatusCode().Match(message) is { Success: true } told ? told.Groups["status"].Value : "";
        if (exception is RepositoryNotFoundException || status == "404" || Contains("repository not found") || Contains("could not find repository")
            || Contains("failed to resolve path"))
        {
            return "repository not found";
        }

        if (status == "401" || Contains("authentication") || Contains("credentials"))
        {
            return "authentication required";
        }

        if (status == "403")
        {
            return "authorization failed";
        }

        if (status.Length > 0)
        {
            return $"unexpected client error: unexpected requesting \"{url}/info/refs?service=git-upload-pack\" status code: {status}";
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

    /// <summary>What Go's HTTP client says of a server that takes the request and does not answer.</summary>
    public static string NoAnswer(string url)
        => $"Get \"{url}/info/refs?service=git-upload-pack\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)";

    [GeneratedRegex("unexpected http status code: (?<status>[0-9]{3})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex StatusCode();

    private static string Host(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Authority : url;
}
