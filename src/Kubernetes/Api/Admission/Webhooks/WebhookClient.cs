using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;
using Kubernetes.Store;

namespace Kubernetes.Api.Admission.Webhooks;

/// <summary>Posts an AdmissionReview to a webhook: to its URL, or to a ready endpoint of its service.</summary>
internal sealed class WebhookClient(ApiContext api)
{
    /// <returns>The response part of the review.</returns>
    /// <exception cref="Exception">The webhook cannot be reached or does not answer with a review.</exception>
    public async Task<JsonObject> CallAsync(Webhook webhook, JsonObject review, CancellationToken stop)
    {
        var configuration = webhook.Configuration.Object("clientConfig");
        using var handler = Handler(configuration);
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var patience = new CancellationTokenSource(webhook.Timeout, api.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        using var content = new ByteArrayContent(CanonicalJson.WritePlain(review));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(Address(configuration), content, both.Token);
        response.EnsureSuccessStatusCode();
        var answer = JsonBody.Parse(await response.Content.ReadAsByteArrayAsync(both.Token)).Root;
        return answer.Object("response") ?? throw new InvalidDataException("expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview");
    }

    private static Uri Address(JsonObject? configuration)
    {
        if (configuration.Text("url") is { } url)
        {
            return new Uri(url);
        }
        var service = configuration.Object("service");
        return new Uri($"https://{service.Text("name")}.{service.Text("namespace")}.svc:{service.Number("port") ?? 443}{service.Text("path")}");
    }

    private SocketsHttpHandler Handler(JsonObject? configuration)
    {
        var handler = new SocketsHttpHandler();
        if (configuration.Text("caBundle") is { Length: > 0 } bundle)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(bundle)));
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }
        if (configuration.Object("service") is { } service)
        {
            handler.ConnectCallback = (_, stop) => ConnectAsync(service, stop);
        }
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(JsonObject service, CancellationToken stop)
    {
        var key = new ObjectKey("endpoints", service.Text("namespace") ?? "", service.Text("name") ?? "");
        var endpoints = api.Store.Find(key) is { } stored ? Metadata.Tree(stored.Value) : null;
        var subset = endpoints.Items("subsets").FirstOrDefault(subset => subset.Items("addresses").Any())
            ?? throw new IOException($"no endpoints available for service \"{key.Name}\"");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(subset.Items("addresses").First().Text("ip")!, (int)(subset.Items("ports").First().Number("port") ?? 0), stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
