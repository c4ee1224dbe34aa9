using Controllers.Runtime;
using k8s;
using k8s.Models;
using Kubernetes.Controllers.Selection;

namespace Kubernetes.Controllers.Ownership;

/// <summary>
/// Which of the observed objects a controller's object owns, should adopt, and should let go
/// (upstream's <c>BaseControllerRefManager.ClaimObject</c>).
/// </summary>
/// <param name="Owned">Controlled by the owner and selected.</param>
/// <param name="Adopt">Selected and controlled by nobody.</param>
/// <param name="Release">Controlled by the owner, no longer selected.</param>
public sealed record Claim<T>(IReadOnlyList<T> Owned, IReadOnlyList<T> Adopt, IReadOnlyList<T> Release)
    where T : IMetadata<V1ObjectMeta>
{
    public static Claim<T> Of(IMetadata<V1ObjectMeta> owner, V1LabelSelector selector, IEnumerable<T> candidates)
    {
        var ownerIsLeaving = owner.Metadata.DeletionTimestamp is not null;
        List<T> owned = [], adopt = [], release = [];
        foreach (var candidate in candidates)
        {
            var controller = candidate.Metadata.ControllerUid();
            var selected = selector.Matches(candidate.Metadata.Labels);
            if (controller is not null)
            {
                if (controller == owner.Metadata.Uid)
                {
                    (selected ? owned : ownerIsLeaving ? owned : release).Add(candidate);
                }
            }
            else if (selected && !ownerIsLeaving && candidate.Metadata.DeletionTimestamp is null)
            {
                adopt.Add(candidate);
            }
        }

        return new Claim<T>(owned, adopt, release);
    }
}
