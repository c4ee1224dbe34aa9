using Controllers.Runtime.Client;

namespace ArgoRollouts.Models;

/// <summary>The resources of the group argoproj.io, version v1alpha1, that Argo Rollouts owns.</summary>
public static class RolloutsResources
{
    private const string Group = "argoproj.io";
    private const string Version = "v1alpha1";

    public static Resource<Rollout> Rollouts { get; } = new(Group, Version, "rollouts", nameof(Rollout));

    public static Resource<AnalysisRun> AnalysisRuns { get; } = new(Group, Version, "analysisruns", nameof(AnalysisRun));

    public static Resource<AnalysisTemplate> AnalysisTemplates { get; } = new(Group, Version, "analysistemplates", nameof(AnalysisTemplate));

    public static Resource<ClusterAnalysisTemplate> ClusterAnalysisTemplates { get; } =
        new(Group, Version, "clusteranalysistemplates", nameof(ClusterAnalysisTemplate), Namespaced: false);

    public static Resource<Experiment> Experiments { get; } = new(Group, Version, "experiments", nameof(Experiment));
}
