namespace ArgoRollouts.Tests.Cluster;

/// <summary>The demo application as a Rollout, with its Services.</summary>
internal static class Demo
{
    public const string Services = """
        apiVersion: v1
        kind: Service
        metadata: { name: active }
        spec: { selector: { app: demo }, ports: [{ port: 80, targetPort: http }] }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: preview }
        spec: { selector: { app: demo }, ports: [{ port: 80, targetPort: http }] }
        """;

    public static string Rollout(string tag, string strategy, int replicas = 2, string spec = "") => $$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata: { name: demo }
        spec:
          replicas: {{replicas}}
          selector: { matchLabels: { app: demo } }
          template:
            metadata: { labels: { app: demo } }
            spec:
              containers:
                - name: demo
                  image: argoproj/rollouts-demo:{{tag}}
                  ports: [{ name: http, containerPort: 8080 }]
          strategy: {{strategy}}
        {{spec}}
        """;

    public static string BlueGreen(string tag, string more = "autoPromotionEnabled: false", int replicas = 2, string spec = "")
        => Rollout(tag, $$"""{ blueGreen: { activeService: active, previewService: preview, {{more}} } }""", replicas, spec);

    public static string Canary(string tag, string steps, int replicas = 5, string more = "", string spec = "")
        => Rollout(tag, $$"""{ canary: { steps: [{{steps}}]{{(more.Length > 0 ? ", " + more : "")}} } }""", replicas, spec);
}
