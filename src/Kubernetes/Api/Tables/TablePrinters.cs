using Kubernetes.Api.Resources;

namespace Kubernetes.Api.Tables;

/// <summary>The printer of each resource.</summary>
internal static class TablePrinters
{
    private static readonly Dictionary<string, TablePrinter> BuiltIn = new()
    {
        ["pods"] = PodPrinter.Printer,
        ["apps/deployments"] = WorkloadPrinters.Deployment,
        ["apps/replicasets"] = WorkloadPrinters.ReplicaSet,
        ["apps/statefulsets"] = WorkloadPrinters.StatefulSet,
        ["apps/daemonsets"] = WorkloadPrinters.DaemonSet,
        ["replicationcontrollers"] = WorkloadPrinters.ReplicaSet,
        ["batch/jobs"] = WorkloadPrinters.Job,
        ["batch/cronjobs"] = WorkloadPrinters.CronJob,
        ["autoscaling/horizontalpodautoscalers"] = AutoscalerPrinter.Printer,
        ["persistentvolumeclaims"] = StoragePrinters.Claim,
        ["persistentvolumes"] = StoragePrinters.Volume,
        ["services"] = NetworkPrinters.Service,
        ["endpoints"] = NetworkPrinters.Endpoints,
        ["discovery.k8s.io/endpointslices"] = NetworkPrinters.EndpointSlice,
        ["networking.k8s.io/ingresses"] = NetworkPrinters.Ingress,
        ["networking.k8s.io/ingressclasses"] = NetworkPrinters.IngressClass,
        ["networking.k8s.io/networkpolicies"] = ClusterPrinters.NetworkPolicy,
        ["namespaces"] = ClusterPrinters.Namespace,
        ["nodes"] = ClusterPrinters.Node,
        ["configmaps"] = ClusterPrinters.ConfigMap,
        ["secrets"] = ClusterPrinters.Secret,
        ["serviceaccounts"] = ClusterPrinters.ServiceAccount,
        ["events"] = ClusterPrinters.Event,
        ["coordination.k8s.io/leases"] = ClusterPrinters.Lease,
        ["policy/poddisruptionbudgets"] = ClusterPrinters.DisruptionBudget,
        ["resourcequotas"] = ClusterPrinters.Quota,
        ["storage.k8s.io/storageclasses"] = StoragePrinters.Class,
        ["scheduling.k8s.io/priorityclasses"] = ClusterPrinters.PriorityClass,
        ["admissionregistration.k8s.io/mutatingwebhookconfigurations"] = ClusterPrinters.Webhooks,
        ["admissionregistration.k8s.io/validatingadmissionpolicies"] = PolicyPrinters.Policy,
        ["admissionregistration.k8s.io/validatingadmissionpolicybindings"] = PolicyPrinters.Binding,
        ["admissionregistration.k8s.io/validatingwebhookconfigurations"] = ClusterPrinters.Webhooks,
        ["rbac.authorization.k8s.io/roles"] = ClusterPrinters.Role,
        ["rbac.authorization.k8s.io/clusterroles"] = ClusterPrinters.Role,
        ["rbac.authorization.k8s.io/rolebindings"] = ClusterPrinters.RoleBinding,
        ["rbac.authorization.k8s.io/clusterrolebindings"] = ClusterPrinters.RoleBinding,
        ["apiextensions.k8s.io/customresourcedefinitions"] = ClusterPrinters.Role,
    };

    public static TablePrinter For(ResourceInfo resource) =>
        resource.Custom is { } custom ? CustomPrinter.For(custom) : BuiltIn.GetValueOrDefault(resource.StorageResource, ClusterPrinters.Default);
}
