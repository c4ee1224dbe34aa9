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
    private const int DefaultPort = 443;

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
        var address = Address(configuration, webhook.Timeout);
        JsonNode? answer;
        try
        {
            using var response = await client.PostAsync(address, content, both.Token);
            response.EnsureSuccessStatusCode();
            answer = JsonBody.Parse(await response.Content.ReadAsByteArrayAsync(both.Token)).Root;
        }
        catch (OperationCanceledException exception) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"Post \"{address}\": context deadline exceeded", exception);
        }
        return answer.Object("response") ?? throw new InvalidDataException("expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview");
    }

    /// <summary>The webhook is told how long it has.</summary>
    private static Uri Address(JsonObject? configuration, TimeSpan timeout)
    {
        var service = configuration.Object("service");
        var address = new UriBuilder(configuration.Text("url")
            ?? $"https://{service.Text("name")}.{service.Text("namespace")}.svc:{service.Number("port") ?? DefaultPort}{service.Text("path")}");
        address.Query = $"{address.Query.TrimStart('?')}&timeout={timeout.TotalSeconds:0}s".TrimStart('&');
        return address.Uri;
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
        var (space, name, number) = (service.Text("namespace") ?? "", service.Text("name") ?? "", service.Number("port") ?? DefaultPort);
        var port = (Read("services", space, name) ?? throw new IOException($"service \"{name}\" not found"))
            .Items("spec", "ports").FirstOrDefault(port => port.Number("port") == number)
            ?? throw new IOException($"no service port {number} found for service \"{name}\"");
        var (address, target) = Read("endpoints", space, name).Items("subsets")
            .SelectMany(subset => subset.Items("addresses"), (subset, address) => (Address: address.Text("ip"), Ports: subset.Items("ports")))
            .Select(ready => (ready.Address, Port: ready.Ports.FirstOrDefault(offered => (offered.Text("name") ?? "") == (port.Text("name") ?? "")).Number("port")))
            .FirstOrDefault(ready => ready.Port is not null);
        if (address is null || target is null)
        {
            throw new IOException($"no endpoints available for service \"{name}\"");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, (int)target, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private JsonObject? Read(string resource, string space, string name) =>
        api.Store.Find(new ObjectKey(resource, space, name)) is { } stored ? Metadata.Tree(stored.Value) : null;
}
