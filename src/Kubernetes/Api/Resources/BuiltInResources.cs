using Kubernetes.Api.Defaulting;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Resources;

/// <summary>The kinds every cluster serves, in the order in which discovery names their groups.</summary>
internal static class BuiltInResources
{
    private static readonly ResourceStrategy Plain = new();
    private static readonly ResourceStrategy Counted = new() { HasGeneration = true };
    private static readonly string[] Status = ["status"];
    private static readonly string[] CreateOnly = ["create"];

    private static readonly ScalePaths WorkloadScale = new(["spec", "replicas"], ["status", "replicas"], null);

    public static IEnumerable<ResourceInfo> All() => [.. Core(), .. Workloads(), .. Reviews(), .. Cluster()];

    private static IEnumerable<ResourceInfo> Core() =>
    [
        Of("", "v1", "bindings", "Binding", Plain) with { Verbs = CreateOnly },
        Of("", "v1", "configmaps", "ConfigMap", ConfigStrategies.ConfigMap, "cm"),
        Of("", "v1", "endpoints", "Endpoints", NetworkStrategies.Endpoints, "ep"),
        EventResources.Core(),
        Of("", "v1", "limitranges", "LimitRange", Plain with { Default = Admission.Limits.LimitDefaults.Complete }, "limits"),
        ClusterScoped("", "v1", "namespaces", "Namespace", NamespaceStrategy.Strategy, "ns")
            with { Subresources = ["status", "finalize"], Verbs = [.. ResourceInfo.AllVerbs.Where(verb => verb != "deletecollection")] },
        ClusterScoped("", "v1", "nodes", "Node", NodeStrategy.Strategy, "no") with { Subresources = Status },
        Of("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", StorageStrategies.Claim, "pvc") with { Subresources = Status },
        ClusterScoped("", "v1", "persistentvolumes", "PersistentVolume", StorageStrategies.Volume, "pv") with { Subresources = Status },
        Of("", "v1", "pods", "Pod", PodStrategy.Strategy, "po") with
        {
            Categories = ["all"],
            Subresources = ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "status"],
        },
        Of("", "v1", "podtemplates", "PodTemplate", Counted),
        Of("", "v1", "replicationcontrollers", "ReplicationController", WorkloadStrategies.ReplicationController, "rc") with
        {
            Categories = ["all"], Subresources = ["scale", "status"], Scale = WorkloadScale,
        },
        Of("", "v1", "resourcequotas", "ResourceQuota", new() { ReturnsDeletedObject = true }, "quota") with { Subresources = Status },
        Of("", "v1", "secrets", "Secret", ConfigStrategies.Secret),
        Of("", "v1", "serviceaccounts", "ServiceAccount", new() { ReturnsDeletedObject = true }, "sa") with { Subresources = ["token"] },
        Of("", "v1", "services", "Service", ServiceStrategy.Strategy, "svc") with { Categories = ["all"], Subresources = Status },
    ];

    private static IEnumerable<ResourceInfo> Workloads() =>
    [
        ClusterScoped("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", CustomResources.DefinitionStrategy.Strategy, "crd", "crds")
            with { Categories = ["api-extensions"], Subresources = Status },
        Of("apps", "v1", "controllerrevisions", "ControllerRevision", Plain),
        Of("apps", "v1", "daemonsets", "DaemonSet", WorkloadStrategies.DaemonSet, "ds") with { Categories = ["all"], Subresources = Status },
        Of("apps", "v1", "deployments", "Deployment", WorkloadStrategies.Deployment, "deploy") with
        {
            Categories = ["all"], Subresources = ["scale", "status"], Scale = WorkloadScale,
        },
        Of("apps", "v1", "replicasets", "ReplicaSet", WorkloadStrategies.ReplicaSet, "rs") with
        {
            Categories = ["all"], Subresources = ["scale", "status"], Scale = WorkloadScale,
        },
        Of("apps", "v1", "statefulsets", "StatefulSet", WorkloadStrategies.StatefulSet, "sts") with
        {
            Categories = ["all"], Subresources = ["scale", "status"], Scale = WorkloadScale,
        },
        EventResources.EventsGroup(),
        AutoscalingResources.V2(),
        AutoscalingResources.V1(),
        Of("batch", "v1", "cronjobs", "CronJob", WorkloadStrategies.CronJob, "cj") with { Categories = ["all"], Subresources = Status },
        Of("batch", "v1", "jobs", "Job", WorkloadStrategies.Job) with { Categories = ["all"], Subresources = Status },
    ];

    private static IEnumerable<ResourceInfo> Reviews() =>
    [
        ClusterScoped("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview", Plain) with { Verbs = CreateOnly },
        ClusterScoped("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", Plain) with { Verbs = CreateOnly },
        Of("authorization.k8s.io", "v1", "localsubjectaccessreviews", "LocalSubjectAccessReview", Plain) with { Verbs = CreateOnly },
        ClusterScoped("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Plain) with { Verbs = CreateOnly },
        ClusterScoped("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", Plain) with { Verbs = CreateOnly },
        ClusterScoped("authorization.k8s.io", "v1", "subjectaccessreviews", "SubjectAccessReview", Plain) with { Verbs = CreateOnly },
    ];

    private static IEnumerable<ResourceInfo> Cluster() =>
    [
        Of("networking.k8s.io", "v1", "ingresses", "Ingress", NetworkStrategies.Ingress, "ing") with { Subresources = Status },
        ClusterScoped("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Counted),
        Of("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", NetworkStrategies.NetworkPolicy, "netpol"),
        Of("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", Counted, "pdb") with { Subresources = Status },
        ClusterScoped("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding", RbacStrategies.ClusterRoleBinding),
        ClusterScoped("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole", RbacStrategies.ClusterRole),
        Of("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding", RbacStrategies.RoleBinding),
        Of("rbac.authorization.k8s.io", "v1", "roles", "Role", RbacStrategies.Role),
        ClusterScoped("storage.k8s.io", "v1", "storageclasses", "StorageClass", NetworkStrategies.StorageClass, "sc"),
        ClusterScoped("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", NetworkStrategies.Webhooks)
            with { Categories = ["api-extensions"] },
        ClusterScoped("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", AdmissionPolicies)
            with { Categories = ["api-extensions"], Subresources = Status },
        ClusterScoped("admissionregistration.k8s.io", "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", AdmissionPolicyBindings)
            with { Categories = ["api-extensions"] },
        ClusterScoped("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", NetworkStrategies.Webhooks)
            with { Categories = ["api-extensions"] },
        ClusterScoped("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass", PriorityClasses, "pc"),
        Of("coordination.k8s.io", "v1", "leases", "Lease", new() { AllowCreateOnUpdate = true, Validate = LeaseValidation.Check }),
        Of("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice", NetworkStrategies.EndpointSlice),
    ];

    private static ResourceStrategy AdmissionPolicies { get; } = new()
    {
        HasGeneration = true,
        Default = Admission.Policies.PolicyDefaults.Policy,
        PrepareForCreate = policy => policy["status"] = new System.Text.Json.Nodes.JsonObject(),
        Validate = AdmissionPolicyValidation.Check,
    };

    private static ResourceStrategy AdmissionPolicyBindings { get; } = new()
    {
        HasGeneration = true, Default = Admission.Policies.PolicyDefaults.Binding, Validate = AdmissionPolicyBindingValidation.Check,
    };

    private static ResourceStrategy PriorityClasses { get; } = new()
    {
        HasGeneration = true,
        Default = priority => priority.Default("preemptionPolicy", "PreemptLowerPriority"),
        Validate = PriorityClassValidation.Check,
        ValidateUpdate = PriorityClassValidation.Update,
    };

    private static ResourceInfo ClusterScoped(string group, string version, string plural, string kind, ResourceStrategy strategy, params string[] shortNames) =>
        Of(group, version, plural, kind, strategy, shortNames) with { Namespaced = false };

    internal static ResourceInfo Of(string group, string version, string plural, string kind, ResourceStrategy strategy, params string[] shortNames) =>
        new(group, version, plural, kind, Namespaced: true)
        {
            Strategy = strategy,
            ShortNames = shortNames,
            Schema = new Lazy<Schema?>(() => BuiltInSchemas.Find(group, version, kind)),
        };
}
