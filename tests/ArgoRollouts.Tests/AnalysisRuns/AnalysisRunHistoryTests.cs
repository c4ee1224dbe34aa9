using ArgoRollouts.AnalysisRuns;
using ArgoRollouts.Models;
using k8s.Models;

namespace ArgoRollouts.Tests.AnalysisRuns;

public sealed class AnalysisRunHistoryTests
{
    [Fact]
    public void The_latest_of_each_outcome_stay_and_running_ones_always()
    {
        AnalysisRun[] runs =
        [
            Run("s1", AnalysisPhase.Successful, 5), Run("s2", AnalysisPhase.Successful, 4), Run("f1", AnalysisPhase.Failed, 3),
            Run("e1", AnalysisPhase.Error, 2), Run("r1", AnalysisPhase.Running, 9),
        ];

        AnalysisRunHistory.Surplus(runs, [Build.Set("a", 1, 1)], 1, 1).Select(run => run.Metadata.Name).Should().BeEquivalentTo("s1", "f1");
    }

    [Fact]
    public void Without_its_ReplicaSet_a_run_goes()
    {
        var going = Build.Set("b", 0, 0);
        going.Metadata.DeletionTimestamp = Build.Now.UtcDateTime;

        AnalysisRunHistory.Surplus([Run("gone", AnalysisPhase.Successful, 1, "x"), Run("going", AnalysisPhase.Successful, 1, "b"), Run("kept", AnalysisPhase.Successful, 1)], [Build.Set("a", 1, 1), going], 5, 5)
            .Select(run => run.Metadata.Name).Should().BeEquivalentTo("gone", "going");
    }

    private static AnalysisRun Run(string name, string phase, int age, string hash = "a") => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            CreationTimestamp = Build.Now.UtcDateTime.AddMinutes(-age),
            Labels = new Dictionary<string, string> { [RolloutsKeys.PodTemplateHash] = hash },
        },
        Status = new AnalysisRunStatus { Phase = phase },
    };
}
