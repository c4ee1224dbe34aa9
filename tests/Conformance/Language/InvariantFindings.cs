using Fixtures.Invariants;

namespace Conformance.Language;

/// <summary>What is found after every scenario, whatever it played.</summary>
public static class InvariantFindings
{
    /// <summary>No invariant was violated in all that was recorded.</summary>
    public static Task FindsTheInvariantsKept(this Reader reader) => reader.Finds(
        "finds that nothing was forgotten, left without pods, or written without end",
        $"Namespace '{reader.Stage.Names.Namespace}'",
        "does not keep what holds for every scenario",
        "no violation in the recorded history",
        () =>
        {
            var seen = reader.Stage.History.Timeline.Since();
            var broken = (
                from invariant in Invariant.All(Tolerance.At(reader.Stage.Cluster.Description.Speed))
                let violations = invariant.Check(seen, reader.Now)
                where violations.Count > 0
                select (invariant.Name, violations)).ToList();
            return (
                string.Join("; ", broken.SelectMany(one => one.violations)),
                broken.Count == 0 ? null : $"not true: {string.Join("; ", broken.Select(one => one.Name))}");
        });
}
