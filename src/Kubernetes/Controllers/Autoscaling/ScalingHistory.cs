namespace Kubernetes.Controllers.Autoscaling;

/// <summary>What one autoscaler recommended and did lately; kept in memory, as upstream keeps it.</summary>
internal sealed class ScalingHistory
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1); // no window or period may be longer

    private readonly List<(DateTime At, int Replicas)> _recommendations = [];
    private readonly List<(DateTime At, int Change)> _changes = [];

    public bool IsNew => _recommendations.Count == 0;

    public void Recommend(int replicas, DateTime now)
    {
        _recommendations.RemoveAll(entry => entry.At < now - Longest);
        _recommendations.Add((now, replicas));
    }

    public void Scaled(int change, DateTime now)
    {
        _changes.RemoveAll(entry => entry.At < now - Longest);
        _changes.Add((now, change));
    }

    /// <summary>Recommendations of the last <paramref name="seconds"/>.</summary>
    public IEnumerable<int> Within(int seconds, DateTime now) => _recommendations.Where(entry => entry.At > now.AddSeconds(-seconds)).Select(entry => entry.Replicas);

    /// <summary>By how much the size grew, and shrank, in the last <paramref name="seconds"/>.</summary>
    public (int Added, int Removed) Changes(int seconds, DateTime now)
    {
        var recent = _changes.Where(entry => entry.At > now.AddSeconds(-seconds)).Select(entry => entry.Change).ToList();
        return (recent.Where(change => change > 0).Sum(), -recent.Where(change => change < 0).Sum());
    }
}
