namespace Kubernetes.Tests.Cluster;

/// <summary>Short manifests.</summary>
internal static class Yaml
{
    public static string Pod(string ns, string name, string spec, string metadata = "") => $$"""
        apiVersion: v1
        kind: Pod
        metadata: { name: {{name}}, namespace: {{ns}}{{(metadata.Length == 0 ? "" : $", {metadata}")}} }
        spec: {{spec}}
        """;

    /// <summary>A pod that runs a shell command as a local process.</summary>
    public static string Shell(string ns, string name, string command, string restartPolicy = "Never", string container = "")
        => Pod(ns, name, $$"""{ restartPolicy: {{restartPolicy}}, containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "{{command}}"]{{(container.Length == 0 ? "" : $", {container}")}} }] }""");

    public static string Job(string ns, string name, string command, string spec = "backoffLimit: 0") => $$"""
        apiVersion: batch/v1
        kind: Job
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec:
          {{spec}}
          template:
            spec:
              restartPolicy: Never
              containers: [{ name: main, image: "alpine:3.8", command: [sh, -c, "{{command}}"] }]
        """;

    /// <summary>A StatefulSet of demo pods with its headless service of the same name.</summary>
    public static string StatefulSet(string ns, string name, string tag, int replicas) => $$"""
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec: { clusterIP: None, selector: { app: {{name}} }, ports: [{ port: 8080 }] }
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: { name: {{name}}, namespace: {{ns}} }
        spec:
          replicas: {{replicas}}
          serviceName: {{name}}
          selector: { matchLabels: { app: {{name}} } }
          template:
            metadata: { labels: { app: {{name}} } }
            spec:
              terminationGracePeriodSeconds: 1
              containers: [{ name: main, image: "argoproj/rollouts-demo:{{tag}}", ports: [{ containerPort: 8080 }] }]
        """;
}
