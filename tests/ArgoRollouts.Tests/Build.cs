using ArgoRollouts.Models;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Tests;

/// <summary>Objects as values, for the tests of deciding functions.</summary>
internal static class Build
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static V1ReplicaSet Set(string hash, int replicas, int available, int? desired = null, int age = 0, long revision = 1, int? observed = null)
        => new()
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"demo-{hash}",
                Uid = $"uid-{hash}",
                NamespaceProperty = "test",
                CreationTimestamp = Now.UtcDateTime.AddMinutes(-age),
                Generation = 1,
                Labels = new Dictionary<string, string> { [RolloutsKeys.PodTemplateHash] = hash },
                Annotations = new Dictionary<string, string>
                {
                    [RolloutsKeys.DesiredReplicas] = (desired ?? replicas).ToString(),
                    [RolloutsKeys.Revision] = revision.ToString(),
                },
            },
            Spec = new V1ReplicaSetSpec { Replicas = replicas, Selector = new V1LabelSelector(), Template = new V1PodTemplateSpec { Spec = new V1PodSpec() } },
            Status = new V1ReplicaSetStatus { Replicas = observed ?? replicas, ReadyReplicas = available, AvailableReplicas = available, ObservedGeneration = 1 },
        };

    public static V1ReplicaSet WithDeadline(this V1ReplicaSet set, DateTimeOffset deadline)
    {
        set.Metadata.Annotations[RolloutsKeys.ScaleDownDeadline] = MetaTimeConverter.Text(deadline.UtcDateTime);
        return set;
    }

    public static Rollout Rollout(RolloutStrategy strategy, int replicas = 10, Action<Rollout>? with = null)
    {
        var rollout = new Rollout
        {
            Metadata = new V1ObjectMeta { Name = "demo", NamespaceProperty = "test", Uid = "uid", Generation = 1 },
            Spec = new RolloutSpec
            {
                Replicas = replicas,
                Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "demo" } },
                Template = new V1PodTemplateSpec
                {
                    Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "demo" } },
                    Spec = new V1PodSpec { Containers = [new V1Container { Name = "demo", Image = "argoproj/rollouts-demo:blue" }] },
                },
                Strategy = strategy,
            },
        };
        with?.Invoke(rollout);
        return rollout;
    }

    /// <summary>In the middle of an update: stable is <c>stable</c>, the new hash is <c>canary</c>, at the first step.</summary>
    public static Rollout Canary(int replicas, int weight, string maxSurge = "25%", string maxUnavailable = "25%", Action<Rollout>? with = null)
        => Rollout(
            new RolloutStrategy
            {
                Canary = new CanaryStrategy { MaxSurge = maxSurge, MaxUnavailable = maxUnavailable, Steps = [new CanaryStep { SetWeight = weight }] },
            },
            replicas,
            rollout =>
            {
                rollout.Status.StableRS = "stable";
                rollout.Status.CurrentPodHash = "canary";
                with?.Invoke(rollout);
            });

    public static Rollout BlueGreen(Action<Rollout>? with = null, int replicas = 3) => Rollout(
        new RolloutStrategy { BlueGreen = new BlueGreenStrategy { ActiveService = "active", PreviewService = "preview" } }, replicas, with);

    public static ReplicaSetRoles Roles(Rollout rollout, V1ReplicaSet newSet, params V1ReplicaSet[] others)
        => ReplicaSetRoles.Of(rollout, [newSet, .. others], newSet);

    public static V1Service Service(string name, string? hash)
    {
        var selector = new Dictionary<string, string> { ["app"] = "demo" };
        if (hash is not null)
        {
            selector[RolloutsKeys.PodTemplateHash] = hash;
        }

        return new V1Service { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "test" }, Spec = new V1ServiceSpec { Selector = selector } };
    }
}
