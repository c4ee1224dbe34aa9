using System.Net;

namespace Kubernetes.Tests.Cluster;

/// <summary>The demo's manifests, and what its reader sees.</summary>
internal static class Demo
{
    public static string Deployment(string ns, string name, string tag, int replicas, string strategy = "") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec:
          replicas: {{replicas}}
          {{(strategy.Length == 0 ? "" : $"strategy: {strategy}")}}
          selector: { matchLabels: { app: {{name}} } }
          template:
            metadata: { labels: { app: {{name}} } }
            spec:
              containers:
                - name: demo
                  image: argoproj/rollouts-demo:{{tag}}
                  ports: [{ name: http, containerPort: 8080 }]
        """;

    public static string Service(string ns, string name) => $$"""
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec:
          selector: { app: {{name}} }
          ports: [{ name: http, port: 80, targetPort: http }]
        """;

    public static string Ingress(string ns, string service, string host) => $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: { name: {{service}}, namespace: {{ns}} }
        spec:
          ingressClassName: nginx
          rules:
            - host: {{host}}
              http:
                paths:
                  - { path: /, pathType: Prefix, backend: { service: { name: {{service}}, port: { number: 80 } } } }
        """;

    public static async Task<(HttpStatusCode Code, string Body)> AskAsync(HttpClient http, IPEndPoint ingress, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{ingress}/color");
        request.Headers.Host = host;
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
