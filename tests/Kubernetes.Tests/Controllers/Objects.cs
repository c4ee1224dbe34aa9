using k8s.Models;

namespace Kubernetes.Tests.Controllers;

/// <summary>Objects as values, for tests of decisions.</summary>
internal static class Objects
{
    public static DateTime Now { get; } = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public static V1Deployment Deployment(int replicas, string image = "new", string? surge = null, string? unavailable = null, string type = "RollingUpdate") => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop", Uid = "deployment", Generation = 1 },
        Spec = new V1DeploymentSpec
        {
            Replicas = replicas,
            RevisionHistoryLimit = 10,
            ProgressDeadlineSeconds = 600,
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
            Strategy = new V1DeploymentStrategy
            {
                Type = type,
                RollingUpdate = new V1RollingUpdateDeployment { MaxSurge = surge ?? "25%", MaxUnavailable = unavailable ?? "25%" },
            },
            Template = Template(image),
        },
    };

    public static V1ReplicaSet Set(string name, string image, int replicas, int? available = null, int age = 0, int revision = 1, int? desired = null, int? max = null)
    {
        var set = new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = "shop",
                Uid = name,
                Generation = 1,
                CreationTimestamp = Now.AddMinutes(-age),
                Annotations = new Dictionary<string, string> { ["deployment.kubernetes.io/revision"] = $"{revision}" },
            },
            Spec = new V1ReplicaSetSpec { Replicas = replicas, Template = Template(image) },
            Status = new V1ReplicaSetStatus
            {
                Replicas = replicas, ReadyReplicas = available ?? replicas, AvailableReplicas = available ?? replicas, ObservedGeneration = 1,
            },
        };
        if (desired is not null)
        {
            set.Metadata.Annotations["deployment.kubernetes.io/desired-replicas"] = $"{desired}";
            set.Metadata.Annotations["deployment.kubernetes.io/max-replicas"] = $"{max ?? desired}";
        }

        return set;
    }

    public static V1Pod Pod(
        string name, string phase = "Running", bool ready = true, string? node = "n", int ageSeconds = 100, int? readySeconds = null, int restarts = 0, string? cost = null,
        int? exitCode = null) => new()
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                NamespaceProperty = "shop",
                Uid = name,
                CreationTimestamp = Now.AddSeconds(-ageSeconds),
                Annotations = cost is null ? null : new Dictionary<string, string> { ["controller.kubernetes.io/pod-deletion-cost"] = cost },
            },
            Spec = new V1PodSpec { NodeName = node, Containers = [new V1Container { Name = "main" }] },
            Status = new V1PodStatus
            {
                Phase = phase,
                Conditions = [new V1PodCondition { Type = "Ready", Status = ready ? "True" : "False", LastTransitionTime = Now.AddSeconds(-(readySeconds ?? ageSeconds)) }],
                ContainerStatuses =
                [
                    new V1ContainerStatus
                    {
                        Name = "main",
                        RestartCount = restarts,
                        State = exitCode is null ? new V1ContainerState() : new V1ContainerState
                        {
                            Terminated = new V1ContainerStateTerminated { ExitCode = exitCode.Value, FinishedAt = Now.AddSeconds(-ageSeconds) },
                        },
                    },
                ],
            },
        };

    private static V1PodTemplateSpec Template(string image) => new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = image }] },
    };
}
