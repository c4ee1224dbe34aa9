using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EmbeddedCluster.Programs.Registry;

/// <summary>
/// Reads manifests and layers of one image over the registry's HTTP API, anonymously: a refusal that names a token service is answered with a
/// token of it (distribution.github.io, "Token Authentication"). What was asked for by digest must have it.
/// </summary>
internal sealed partial class RegistryClient(RegistryReference image) : IDisposable
{
    private static readonly string[] Manifests =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json",
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) });
    private AuthenticationHeaderValue? _token;

    /// <summary>A manifest by tag or digest.</summary>
    public async Task<JsonElement> ManifestAsync(string reference, CancellationToken cancel)
    {
        using var answer = await GetAsync($"v2/{image.Repository}/manifests/{reference}", cancel);
        var body = await answer.Content.ReadAsByteArrayAsync(cancel);
        Check(reference, body);
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException wrong)
        {
            throw new ProgramSourceException($"{image}: the registry's manifest cannot be read: {wrong.Message}", "see whether a proxy answers in its place", wrong);
        }
    }

    /// <summary>A layer's bytes, in a file.</summary>
    public async Task LayerAsync(string digest, string file, CancellationToken cancel)
    {
        using var answer = await GetAsync($"v2/{image.Repository}/blobs/{digest}", cancel);
        await using (var output = File.Create(file))
        {
            await answer.Content.CopyToAsync(output, cancel);
        }

        await using var written = File.OpenRead(file);
        Check(digest, "sha256:" + Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancel)));
    }

    public void Dispose() => _http.Dispose();

    private void Check(string reference, byte[] content)
    {
        if (reference.Contains(':'))
        {
            Check(reference, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    private void Check(string asked, string got)
    {
        if (got != asked)
        {
            throw new ProgramSourceException($"{image}: the registry sent {got} where {asked} was asked for; it was not used", "see whether a proxy changes downloads");
        }
    }

    private async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancel)
    {
        var address = new Uri(image.Registry, path);
        try
        {
            var answer = await SendAsync(address, cancel);
            if (answer.StatusCode == HttpStatusCode.Unauthorized && _token is null)
            {
                using (answer)
                {
                    _token = await TokenAsync(answer.Headers.WwwAuthenticate, cancel);
                }

                answer = await SendAsync(address, cancel);
            }

            return answer.IsSuccessStatusCode ? answer : throw Refused(answer, address);
        }
        catch (Exception cause) when (cause is HttpRequestException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProgramSourceException($"{address} cannot be fetched: {cause.Message}", "give this machine access to it (HTTPS_PROXY is honoured), or name a program: --rollouts-program PATH", cause);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = _token;
        request.Headers.Accept.ParseAdd(string.Join(", ", Manifests));
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private async Task<AuthenticationHeaderValue> TokenAsync(HttpHeaderValueCollection<AuthenticationHeaderValue> challenges, CancellationToken cancel)
    {
        var challenge = challenges.FirstOrDefault(challenge => challenge.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))?.Parameter
            ?? throw new ProgramSourceException($"{image}: the registry wants a login", "images that need one are not fetched; name a program: --rollouts-program PATH");
        var parameters = Parameter().Matches(challenge).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        var query = string.Join('&', parameters.Where(parameter => parameter.Key != "realm").Select(parameter => $"{parameter.Key}={Uri.EscapeDataString(parameter.Value)}"));
        var answer = await _http.GetStringAsync(new Uri($"{parameters["realm"]}?{query}"), cancel);
        using var json = JsonDocument.Parse(answer);
        var token = json.RootElement.TryGetProperty("token", out var named) || json.RootElement.TryGetProperty("access_token", out named) ? named.GetString() : null;
        return new("Bearer", token ?? throw new ProgramSourceException($"{image}: the token service of the registry gave no token", "name a program: --rollouts-program PATH"));
    }

    private ProgramSourceException Refused(HttpResponseMessage answer, Uri address)
    {
        using (answer)
        {
            return answer.StatusCode == HttpStatusCode.NotFound
                ? new($"{image}: there is no such image: {address} answers 404", "see the tags of the repository")
                : new($"{image}: {address} answers {(int)answer.StatusCode} {answer.ReasonPhrase}", "images that need a login are not fetched; name a program: --rollouts-program PATH");
        }
    }

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>[^\"]*)\"", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Parameter();
}
