using System.Globalization;
using k8s.Models;
using Kubernetes.Controllers.Pods;

namespace Kubernetes.Controllers.DaemonSets;

/// <summary>What a DaemonSet needs (<c>pkg/controller/daemon</c>: <c>podsShouldBeOnNode</c> and <c>rollingUpdate</c>).</summary>
/// <param name="Create">Nodes that get a pod.</param>
/// <param name="Delete">Pods that go.</param>
internal sealed record DaemonSetPlan(IReadOnlyList<string> Create, IReadOnlyList<V1Pod> Delete)
{
    /// <param name="set">The DaemonSet.</param>
    /// <param name="nodes">Every node, with the set's pods there.</param>
    /// <param name="hash">Of the newest revision.</param>
    /// <param name="now">The moment of the decision.</param>
    public static DaemonSetPlan For(V1DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, DateTime now)
    {
        if (set.Metadata.DeletionTimestamp is not null)
        {
            return new DaemonSetPlan([], []);
        }

        var rolling = set.Spec.UpdateStrategy?.Type != "OnDelete";
        var desired = nodes.Count(node => node.ShouldRun);
        var surge = rolling ? Resolve(set.Spec.UpdateStrategy?.RollingUpdate?.MaxSurge, desired, 0) : 0;
        List<string> create = [];
        List<V1Pod> delete = [];
        foreach (var node in nodes)
        {
            if (node.ShouldRun && node.Pods.Count == 0)
            {
                create.Add(node.Name);
            }
            else if (!node.ShouldContinue)
            {
                delete.AddRange(node.Pods.Where(pod => !pod.IsTerminating()));
            }
            else
            {
                delete.AddRange(node.Pods.Where(pod => pod.IsFinished() && !pod.IsTerminating()));
                delete.AddRange(Crowd(node, surge > 0, hash));
            }
        }

        if (rolling)
        {
            var unavailable = Resolve(set.Spec.UpdateStrategy?.RollingUpdate?.MaxUnavailable, desired, 1);
            var running = nodes.Where(node => node.ShouldContinue && node.Active.Count > 0).ToList();
            if (surge > 0)
            {
                Surge(set, running, hash, surge, now, create, delete);
            }
            else
            {
                delete.AddRange(Outdated(set, nodes, hash, unavailable, now).Where(pod => !delete.Contains(pod)));
            }
        }

        return new DaemonSetPlan(create, delete);
    }

    /// <summary>Ready for long enough.</summary>
    public static bool IsAvailable(V1DaemonSet set, V1Pod pod, DateTime now) => pod.IsActive() && pod.IsAvailable(set.Spec.MinReadySeconds ?? 0, now);

    // one pod is enough; while surging, one of each revision
    private static IEnumerable<V1Pod> Crowd(DaemonNode node, bool surging, string hash)
        => surging
            ? node.Active.GroupBy(pod => DaemonPod.Hash(pod) == hash).SelectMany(pods => pods.Skip(1))
            : node.Active.Skip(1);

    private static List<V1Pod> Outdated(V1DaemonSet set, IReadOnlyList<DaemonNode> nodes, string hash, int unavailableMax, DateTime now)
    {
        List<V1Pod> broken = [], candidates = [];
        var unavailable = 0;
        foreach (var node in nodes.Where(node => node.ShouldRun))
        {
            if (node.Active.Count != 1)
            {
                unavailable++; // on its way, or being put in order
            }
            else if (DaemonPod.Hash(node.Active[0]) == hash)
            {
                unavailable += IsAvailable(set, node.Active[0], now) ? 0 : 1;
            }
            else if (IsAvailable(set, node.Active[0], now))
            {
                candidates.Add(node.Active[0]);
            }
            else
            {
                unavailable++;
                broken.Add(node.Active[0]); // replacing it costs nothing
            }
        }

        return [.. broken, .. candidates.Take(Math.Max(0, unavailableMax - unavailable))];
    }

    private static void Surge(
        V1DaemonSet set, List<DaemonNode> nodes, string hash, int surgeMax, DateTime now, List<string> create, List<V1Pod> delete)
    {
        List<string> candidates = [];
        var surging = 0;
        foreach (var node in nodes.Where(node => node.ShouldRun))
        {
            var old = node.Active.Where(pod => DaemonPod.Hash(pod) != hash).ToList();
            var newest = node.Active.FirstOrDefault(pod => DaemonPod.Hash(pod) == hash);
            if (old.Count == 0)
            {
                continue;
            }

            if (newest is not null && IsAvailable(set, newest, now))
            {
                delete.AddRange(old.Where(pod => !delete.Contains(pod)));
            }
            else if (newest is not null)
            {
                surging++;
            }
            else if (IsAvailable(set, old[0], now))
            {
                candidates.Add(node.Name);
            }
            else
            {
                surging++;
                create.Add(node.Name);
            }
        }

        create.AddRange(candidates.Take(Math.Max(0, surgeMax - surging)));
    }

    private static int Resolve(IntOrString? value, int desired, int otherwise)
    {
        if (value?.Value is not { Length: > 0 } text)
        {
            return otherwise;
        }

        return text.EndsWith('%')
            ? (int)Math.Ceiling(double.Parse(text[..^1], CultureInfo.InvariantCulture) * desired / 100)
            : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
