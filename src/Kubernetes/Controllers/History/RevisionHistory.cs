using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Controllers.History;

/// <summary>Carries out a <see cref="RevisionPlan"/>.</summary>
internal sealed class RevisionHistory(ApiClient client, ILister<V1ControllerRevision> revisions)
{
    public IReadOnlyList<V1ControllerRevision> Of(string ownerUid) => revisions.ControlledBy(ownerUid);

    /// <returns>The revision as it is stored; null when its name belongs to another template: the owner counts a collision and tries again.</returns>
    public async Task<V1ControllerRevision?> RealizeAsync(RevisionPlan plan, CancellationToken cancel)
    {
        if (plan.Step == RevisionStep.Keep)
        {
            return plan.Update;
        }

        if (plan.Step == RevisionStep.Renumber)
        {
            return await client.UpdateAsync(Resources.ControllerRevisions, plan.Update, cancel: cancel);
        }

        try
        {
            return await client.CreateAsync(Resources.ControllerRevisions, plan.Update, cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            var wanted = RevisionData.Template(plan.Update);
            var metadata = plan.Update.Metadata;
            var existing = await client.GetAsync(Resources.ControllerRevisions, metadata.NamespaceProperty, metadata.Name, cancel);
            return RevisionData.Equals(existing, wanted) ? existing : null;
        }
    }

    public async Task TruncateAsync(RevisionPlan plan, int limit, ISet<string> live, CancellationToken cancel)
    {
        foreach (var revision in plan.Superfluous(limit, live))
        {
            await client.DeleteAsync(Resources.ControllerRevisions, revision.Metadata.NamespaceProperty, revision.Metadata.Name, cancel: cancel);
        }
    }
}
