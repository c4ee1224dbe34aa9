using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis.Providers.Http;

/// <summary>Fetches a token by client credentials and authorizes requests with it (golang.org/x/oauth2/clientcredentials).</summary>
internal static class OAuth2ClientCredentials
{
    /// <exception cref="AnalysisException">The metric names a token URL but no client.</exception>
    public static void Validate(OAuth2Config? config)
    {
        if (!string.IsNullOrEmpty(config?.TokenUrl) && (string.IsNullOrEmpty(config.ClientId) || string.IsNullOrEmpty(config.ClientSecret)))
        {
            throw new AnalysisException("missing mandatory parameter in metric for OAuth2 setup");
        }
    }

    /// <summary>Adds the Authorization header; without a token URL nothing is added.</summary>
    /// <exception cref="AnalysisException">oauth2: cannot fetch token: …</exception>
    /// <exception cref="MetricHttpException">The token's server does not answer.</exception>
    public static async Task AuthorizeAsync(
        HttpRequestMessage request, OAuth2Config? config, MetricHttp http, bool checkCertificates, TimeSpan timeout, CancellationToken cancel)
    {
        if (string.IsNullOrEmpty(config?.TokenUrl))
        {
            return;
        }
        var answer = await http.SendAsync(TokenRequest(config), checkCertificates, timeout, cancel);
        if (!answer.IsSuccess)
        {
            throw new AnalysisException($"oauth2: cannot fetch token: {answer.StatusCode} {Phrase(answer.StatusCode)}\nResponse: {answer.Body}");
        }
        request.Headers.Authorization = new("Bearer", Token(answer.Body));
    }

    private static HttpRequestMessage TokenRequest(OAuth2Config config)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (config.Scopes is { Count: > 0 } scopes)
        {
            form["scope"] = string.Join(' ', scopes);
        }
        var credentials = $"{Uri.EscapeDataString(config.ClientId!)}:{Uri.EscapeDataString(config.ClientSecret!)}";
        return new(HttpMethod.Post, config.TokenUrl)
        {
            Content = new FormUrlEncodedContent(form),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))) },
        };
    }

    private static string Token(string body)
    {
        try
        {
            return GoJsonReader.Read(body) is Dictionary<string, object?> answer && answer.GetValueOrDefault("access_token") is string { Length: > 0 } token
                ? token
                : throw new AnalysisException("oauth2: server response missing access_token");
        }
        catch (GoPanicException e)
        {
            throw new AnalysisException($"oauth2: cannot parse json: {e.Message}");
        }
    }

    private static string Phrase(int status) => string.Concat(((HttpStatusCode)status).ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {c}" : $"{c}"));
}
