using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>The built-in resources that the project's controllers and fixtures read and write.</summary>
public static class Resources
{
    public static Resource<V1Namespace> Namespaces { get; } = new("", "v1", "namespaces", "Namespace", Namespaced: false);
    public static Resource<V1Node> Nodes { get; } = new("", "v1", "nodes", "Node", Namespaced: false);
    public static Resource<V1Pod> Pods { get; } = new("", "v1", "pods", "Pod");
    public static Resource<V1Service> Services { get; } = new("", "v1", "services", "Service");
    public static Resource<V1Endpoints> Endpoints { get; } = new("", "v1", "endpoints", "Endpoints");
    public static Resource<V1ConfigMap> ConfigMaps { get; } = new("", "v1", "configmaps", "ConfigMap");
    public static Resource<V1ResourceQuota> ResourceQuotas { get; } = new("", "v1", "resourcequotas", "ResourceQuota");
    public static Resource<V1Secret> Secrets { get; } = new("", "v1", "secrets", "Secret");
    public static Resource<V1ServiceAccount> ServiceAccounts { get; } = new("", "v1", "serviceaccounts", "ServiceAccount");
    public static Resource<Corev1Event> Events { get; } = new("", "v1", "events", "Event");
    public static Resource<V1Deployment> Deployments { get; } = new("apps", "v1", "deployments", "Deployment");
    public static Resource<V1ReplicaSet> ReplicaSets { get; } = new("apps", "v1", "replicasets", "ReplicaSet");
    public static Resource<V1StatefulSet> StatefulSets { get; } = new("apps", "v1", "statefulsets", "StatefulSet");
    public static Resource<V1DaemonSet> DaemonSets { get; } = new("apps", "v1", "daemonsets", "DaemonSet");
    public static Resource<V1ControllerRevision> ControllerRevisions { get; } = new("apps", "v1", "controllerrevisions", "ControllerRevision");
    public static Resource<V1CronJob> CronJobs { get; } = new("batch", "v1", "cronjobs", "CronJob");
    public static Resource<V1PersistentVolumeClaim> PersistentVolumeClaims { get; } = new("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
    public static Resource<V1PersistentVolume> PersistentVolumes { get; } = new("", "v1", "persistentvolumes", "PersistentVolume", Namespaced: false);
    public static Resource<V1StorageClass> StorageClasses { get; } = new("storage.k8s.io", "v1", "storageclasses", "StorageClass", Namespaced: false);
    public static Resource<V1PodDisruptionBudget> PodDisruptionBudgets { get; } = new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget");
    public static Resource<V2HorizontalPodAutoscaler> HorizontalPodAutoscalers { get; } =
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler");
    public static Resource<V1Job> Jobs { get; } = new("batch", "v1", "jobs", "Job");
    public static Resource<V1Ingress> Ingresses { get; } = new("networking.k8s.io", "v1", "ingresses", "Ingress");
    public static Resource<V1IngressClass> IngressClasses { get; } = new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Namespaced: false);
    public static Resource<V1EndpointSlice> EndpointSlices { get; } = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
    public static Resource<V1ClusterRole> ClusterRoles { get; } = new("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", Namespaced: false);
    public static Resource<V1Lease> Leases { get; } = new("coordination.k8s.io", "v1", "leases", "Lease");

    public static Resource<V1CustomResourceDefinition> CustomResourceDefinitions { get; } =
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Namespaced: false);
}
