using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EmbeddedCluster.Images.Extensions;

/// <summary>The environment of <c>argocd-extension-installer</c> (its README's table).</summary>
/// <param name="Name"><c>EXTENSION_NAME</c></param>
/// <param name="Address"><c>EXTENSION_URL</c></param>
/// <param name="Checksums"><c>EXTENSION_CHECKSUM_URL</c>: lines of a SHA-256 and a file name.</param>
/// <param name="DownloadMax"><c>MAX_DOWNLOAD_SEC</c></param>
/// <param name="Variables"><c>EXTENSION_JS_VARS</c>: a JSON object that the extension finds in <c>window</c>.</param>
internal sealed record ExtensionSettings(string Name, Uri Address, Uri? Checksums, TimeSpan DownloadMax, JsonObject? Variables)
{
    /// <summary>The archive's name, by which the checksum is found.</summary>
    public string FileName => Path.GetFileName(Address.AbsolutePath);

    /// <exception cref="ExtensionInstallException">The address is missing, or a value cannot be read.</exception>
    public static ExtensionSettings Read(IReadOnlyDictionary<string, string> environment)
    {
        var address = environment.GetValueOrDefault("EXTENSION_URL", "");
        if (address.Length == 0)
        {
            throw new ExtensionInstallException("error: the env var EXTENSION_URL must be provided", 1);
        }

        var checksums = environment.GetValueOrDefault("EXTENSION_CHECKSUM_URL", "");
        return new(
            environment.GetValueOrDefault("EXTENSION_NAME", ""),
            Parse(address),
            checksums.Length == 0 ? null : Parse(checksums),
            TimeSpan.FromSeconds(Seconds(environment.GetValueOrDefault("MAX_DOWNLOAD_SEC", ""))),
            Object(environment.GetValueOrDefault("EXTENSION_JS_VARS", "")));
    }

    private static Uri Parse(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new ExtensionInstallException($"curl: (3) URL rejected: \"{address}\" is no http or https address", 3);

    private static double Seconds(string text) => text.Length == 0
        ? 30
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : throw new ExtensionInstallException($"curl: option --max-time: expected a proper numerical parameter, not \"{text}\"", 2);

    private static JsonObject? Object(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new ExtensionInstallException("jq: error: EXTENSION_JS_VARS must be a JSON object", 5);
        }
        catch (JsonException notJson)
        {
            throw new ExtensionInstallException($"jq: parse error: EXTENSION_JS_VARS: {notJson.Message}", 5);
        }
    }
}
