using k8s;
using k8s.Models;
using Kubernetes.Controllers.Deployments;

namespace Kubernetes.Controllers.History;

/// <summary>Which ControllerRevision stands for an owner's template now, and which old ones may go (<c>pkg/controller/history</c>).</summary>
/// <param name="Update">The revision of the template: an existing one, one whose number must rise, or a new one.</param>
/// <param name="Existing">Every other revision, oldest first.</param>
/// <param name="Step">What is to be done with <paramref name="Update"/>.</param>
internal sealed record RevisionPlan(V1ControllerRevision Update, IReadOnlyList<V1ControllerRevision> Existing, RevisionStep Step)
{
    /// <param name="owner">The StatefulSet or DaemonSet.</param>
    /// <param name="controller">The reference to it.</param>
    /// <param name="template">Its pod template.</param>
    /// <param name="collisionCount">How often a name was taken by another template.</param>
    /// <param name="hashLabel">The label that names the hash.</param>
    /// <param name="owned">The revisions it controls.</param>
    public static RevisionPlan For(
        IMetadata<V1ObjectMeta> owner, V1OwnerReference controller, V1PodTemplateSpec template, int? collisionCount, string hashLabel,
        IEnumerable<V1ControllerRevision> owned)
    {
        var sorted = owned.OrderBy(revision => revision.Revision).ThenBy(revision => revision.Metadata.Name, StringComparer.Ordinal).ToList();
        var next = sorted.Count == 0 ? 1 : (sorted[^1].Revision ?? 0) + 1;
        if (sorted.FindLast(revision => RevisionData.Equals(revision, template)) is { } equal)
        {
            if (equal == sorted[^1])
            {
                return new RevisionPlan(equal, sorted[..^1], RevisionStep.Keep);
            }

            var raised = Copy.Of(equal);
            raised.Revision = next; // back to an older template: it becomes the newest again
            return new RevisionPlan(raised, [.. sorted.Where(revision => revision != equal)], RevisionStep.Renumber);
        }

        return new RevisionPlan(New(owner, controller, template, collisionCount, hashLabel, next), sorted, RevisionStep.Create);
    }

    /// <summary>The oldest revisions beyond the limit that no pod runs.</summary>
    public IReadOnlyList<V1ControllerRevision> Superfluous(int limit, ISet<string> live)
    {
        var dead = Existing.Where(revision => !live.Contains(revision.Metadata.Name)).ToList();
        return [.. dead.Take(Math.Max(0, dead.Count - limit))];
    }

    private static V1ControllerRevision New(
        IMetadata<V1ObjectMeta> owner, V1OwnerReference controller, V1PodTemplateSpec template, int? collisionCount, string hashLabel, long number)
    {
        var hash = PodTemplate.Hash(template, collisionCount);
        return new V1ControllerRevision
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{owner.Metadata.Name}-{hash}",
                NamespaceProperty = owner.Metadata.NamespaceProperty,
                Labels = new Dictionary<string, string>(template.Metadata?.Labels ?? new Dictionary<string, string>()) { [hashLabel] = hash },
                Annotations = owner.Metadata.Annotations is { Count: > 0 } annotations ? new Dictionary<string, string>(annotations) : null,
                OwnerReferences = [controller],
            },
            Data = RevisionData.Of(template),
            Revision = number,
        };
    }
}
