namespace Kubernetes.Tests.Api;

/// <summary>The smallest workloads that are valid.</summary>
internal static class Workloads
{
    public static string Deployment(string name, int replicas = 1) => Of("apps/v1", "Deployment", name, replicas);

    public static string ReplicaSet(string name) => Of("apps/v1", "ReplicaSet", name, 1);

    public static string Pod(string name, string extra = "") =>
        $$$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{{name}}}}"},"spec":{"containers":[{"name":"main","image":"demo:v1"}]{{{{extra}}}}}}""";

    private static string Of(string apiVersion, string kind, string name, int replicas) =>
        $$$$"""
        {"apiVersion":"{{{{apiVersion}}}}","kind":"{{{{kind}}}}","metadata":{"name":"{{{{name}}}}"},
         "spec":{"replicas":{{{{replicas}}}},"selector":{"matchLabels":{"app":"{{{{name}}}}"}},
                 "template":{"metadata":{"labels":{"app":"{{{{name}}}}"}},"spec":{"containers":[{"name":"main","image":"demo:v1"}]} } } }
        """;
}
