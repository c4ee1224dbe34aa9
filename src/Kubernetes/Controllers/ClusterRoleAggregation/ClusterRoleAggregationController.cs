using Controllers.Runtime;
using Controllers.Runtime.Client;
using Controllers.Runtime.Reconciling;

namespace Kubernetes.Controllers.ClusterRoleAggregation;

/// <summary>Wires aggregation: any change of a ClusterRole may change what others aggregate.</summary>
internal static class ClusterRoleAggregationController
{
    public static Controller Create(ControllerContext context)
    {
        var roles = context.Informers.For(Resources.ClusterRoles);
        var controller = context.Controller("clusterrole-aggregation", new ClusterRoleAggregationReconciler(context.Client, roles.Lister));
        roles.OnChange(_ =>
        {
            foreach (var role in roles.Lister.List().Where(role => role.AggregationRule is not null))
            {
                controller.Queue.Add(NamespacedName.Of(role));
            }
        });
        return controller;
    }
}
