using Controllers.Runtime;
using Controllers.Runtime.Caching;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;
using k8s.Models;

namespace Kubernetes.Controllers.ClusterRoleAggregation;

/// <summary>Keeps the rules of aggregated ClusterRoles (kubernetes pkg/controller/clusterroleaggregation).</summary>
internal sealed class ClusterRoleAggregationReconciler(ApiClient client, ILister<V1ClusterRole> roles) : IReconciler
{
    public async Task<Result> ReconcileAsync(NamespacedName name, CancellationToken cancel)
    {
        if (roles.Find(name) is not { AggregationRule: not null } role || role.Metadata.DeletionTimestamp is not null)
        {
            return Result.Done;
        }

        var rules = AggregatedRules.For(role, roles.List());
        if (!AggregatedRules.Same(role.Rules, rules))
        {
            var changed = Copy.Of(role);
            changed.Rules = rules;
            await client.UpdateAsync(Resources.ClusterRoles, changed, cancel: cancel);
        }

        return Result.Done;
    }
}
