using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Patching.Apply;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Micro;

/// <summary>What is measured: a Deployment as a chart installs it, and what goes with it.</summary>
internal static class Documents
{
    private const string Json = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default","uid":"7d1f6e0a-54c4-4a9e-9d0e-0d6a55f2a1c3",
        "creationTimestamp":"2026-01-01T00:00:00Z","generation":1,"resourceVersion":"42","labels":{"app.kubernetes.io/name":"web","app.kubernetes.io/instance":"web"},
        "annotations":{"deployment.kubernetes.io/revision":"1"}},
        "spec":{"replicas":3,"revisionHistoryLimit":10,"progressDeadlineSeconds":600,"selector":{"matchLabels":{"app":"web"}},
        "strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"}},
        "template":{"metadata":{"labels":{"app":"web"}},"spec":{"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",
        "containers":[{"name":"web","image":"example.org/web:1","imagePullPolicy":"IfNotPresent","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
        "env":[{"name":"COLOR","value":"blue"},{"name":"LEVEL","value":"info"}],"resources":{"requests":{"cpu":"5m","memory":"32Mi"}},
        "readinessProbe":{"httpGet":{"path":"/healthz","port":8080,"scheme":"HTTP"},"periodSeconds":10,"timeoutSeconds":1,"successThreshold":1,"failureThreshold":3}},
        {"name":"sidecar","image":"example.org/sidecar:1","imagePullPolicy":"IfNotPresent","ports":[{"containerPort":9090,"protocol":"TCP"}]}]}}},
        "status":{"replicas":3,"readyReplicas":3,"updatedReplicas":3,"availableReplicas":3,"observedGeneration":1}}
        """;

    private const string PatchJson = """{"spec":{"template":{"spec":{"containers":[{"name":"web","image":"example.org/web:2","env":[{"name":"COLOR","value":"green"}]}]}}}}""";

    private const string AppliedJson = """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},
        "spec":{"replicas":5,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
        "spec":{"containers":[{"name":"web","image":"example.org/web:2","ports":[{"containerPort":8080,"protocol":"TCP"}]}]}}}}
        """;

    public static byte[] DeploymentBytes { get; } = Encoding.UTF8.GetBytes(Json);

    public static ResourceInfo Deployments { get; } = BuiltInResources.All().First(resource => resource is { Group: "apps", Plural: "deployments" });

    public static Applier Applier { get; } = new("bench", "apps/v1", "", Force: true, "2026-01-01T00:00:00Z");

    public static JsonObject Deployment() => Tree(Json);

    public static JsonObject Patch() => Tree(PatchJson);

    public static JsonObject Applied() => Tree(AppliedJson);

    public static JsonObject Tree(string json) => (JsonObject)JsonBody.Parse(Encoding.UTF8.GetBytes(json)).Root!;
}
