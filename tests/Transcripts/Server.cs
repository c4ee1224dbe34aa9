using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using k8s;

namespace Transcripts;

/// <summary>A server that a kubeconfig leads to.</summary>
public static class Server
{
    /// <summary>A connection with the current context's token or certificate.</summary>
    public static HttpClient Connect(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler();
        var roots = configuration.SslCaCerts;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            return chain.Build((X509Certificate2)certificate!);
        };
        var http = new HttpClient(handler) { BaseAddress = new Uri(configuration.Host) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", configuration.AccessToken);
        return http;
    }

    public static async Task<string> VersionAsync(HttpClient http, CancellationToken cancel)
        => JsonNode.Parse(await http.GetStringAsync("/version", cancel))!["gitVersion"]!.ToString();
}
