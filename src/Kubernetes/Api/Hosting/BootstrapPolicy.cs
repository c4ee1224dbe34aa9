using Kubernetes.Api.Authorization;

namespace Kubernetes.Api.Hosting;

/// <summary>A default role, and whom it is bound to.</summary>
/// <param name="Name">Of the role, and of its binding.</param>
/// <param name="Rules">Empty for an aggregated role.</param>
internal sealed record BootstrapRole(string Name, params PolicyRule[] Rules)
{
    /// <summary>The role's rules become part of the role of this name: admin, edit or view.</summary>
    public string? AggregateTo { get; init; }

    /// <summary>The role collects what is labelled for it.</summary>
    public bool Aggregates { get; init; }

    public string[] Groups { get; init; } = [];

    public string[] Users { get; init; } = [];
}

/// <summary>
/// The cluster roles that exist before anybody makes one, and their bindings: what charts, controllers and people refer to
/// (kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy; docs: Default roles and role bindings). The roles of upstream's own
/// controllers are left out: here they run as one administrator.
/// </summary>
internal static class BootstrapPolicy
{
    private const string Apps = "apps";
    private const string Authentication = "authentication.k8s.io";
    private const string Authorization = "authorization.k8s.io";
    private const string Coordination = "coordination.k8s.io";
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Storage = "storage.k8s.io";

    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = ["create", "delete", "deletecollection", "patch", "update"];
    private static readonly string[] Health = ["/healthz", "/livez", "/readyz", "/version", "/version/"];

    public static IEnumerable<BootstrapRole> Roles() => [.. ForEverybody(), .. ForPeople(), .. ForComponents()];

    private static IEnumerable<BootstrapRole> ForEverybody() =>
    [
        new("cluster-admin", Rule(["*"], ["*"], "*"), Paths(["*"], "*")) { Groups = ["system:masters"] },
        new("system:discovery", Paths(["get"], ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*", .. Health])) { Groups = ["system:authenticated"] },
        new("system:public-info-viewer", Paths(["get"], Health)) { Groups = ["system:authenticated", "system:unauthenticated"] },
        new("system:basic-user",
            Rule(["create"], [Authorization], "selfsubjectaccessreviews", "selfsubjectrulesreviews"),
            Rule(["create"], [Authentication], "selfsubjectreviews")) { Groups = ["system:authenticated"] },
        new("system:monitoring", Paths(["get"], "/healthz", "/healthz/*", "/livez", "/livez/*", "/metrics", "/metrics/slis", "/readyz", "/readyz/*"))
            { Groups = ["system:monitoring"] },
        new("system:service-account-issuer-discovery", Paths(["get"], "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/"))
            { Groups = ["system:serviceaccounts"] },
    ];

    private static IEnumerable<BootstrapRole> ForPeople() =>
    [
        new("admin") { Aggregates = true },
        new("edit") { Aggregates = true, AggregateTo = "admin" },
        new("view") { Aggregates = true, AggregateTo = "edit" },
        new("system:aggregate-to-admin",
            Rule(["create"], [Authorization], "localsubjectaccessreviews"),
            Rule([.. Write, .. Read], [Rbac], "rolebindings", "roles")) { AggregateTo = "admin" },
        new("system:aggregate-to-edit",
            Rule(Read, [""], "pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"),
            Rule(["impersonate"], [""], "serviceaccounts"),
            Rule(Write, [""], "pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy"),
            Rule(["create"], [""], "pods/eviction"),
            Rule(Write, [""], "configmaps", "events", "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets", "serviceaccounts", "services", "services/proxy"),
            Rule(["create"], [""], "serviceaccounts/token"),
            Rule(Write, [Apps], "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets", "statefulsets/scale"),
            Rule(Write, ["autoscaling"], "horizontalpodautoscalers"),
            Rule(Write, ["batch"], "cronjobs", "jobs"),
            Rule(Write, ["policy"], "poddisruptionbudgets"),
            Rule(Write, ["networking.k8s.io"], "ingresses", "networkpolicies"),
            Rule([.. Write, .. Read], [Coordination], "leases")) { AggregateTo = "edit" },
        new("system:aggregate-to-view",
            Rule(Read, [""], "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers", "replicationcontrollers/scale", "serviceaccounts", "services", "services/status"),
            Rule(Read, [""], "bindings", "events", "limitranges", "namespaces/status", "pods/log", "pods/status", "replicationcontrollers/status", "resourcequotas", "resourcequotas/status"),
            Rule(Read, [""], "namespaces"),
            Rule(Read, ["discovery.k8s.io"], "endpointslices"),
            Rule(Read, [Apps], "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status"),
            Rule(Read, ["autoscaling"], "horizontalpodautoscalers", "horizontalpodautoscalers/status"),
            Rule(Read, ["batch"], "cronjobs", "cronjobs/status", "jobs", "jobs/status"),
            Rule(Read, ["policy"], "poddisruptionbudgets", "poddisruptionbudgets/status"),
            Rule(Read, ["networking.k8s.io"], "ingresses", "ingresses/status", "networkpolicies")) { AggregateTo = "view" },
    ];

    private static IEnumerable<BootstrapRole> ForComponents() =>
    [
        new("system:auth-delegator", Rule(["create"], [Authentication], "tokenreviews"), Rule(["create"], [Authorization], "subjectaccessreviews")),
        new("system:heapster", Rule(Read, [""], "events", "namespaces", "nodes", "pods"), Rule(Read, ["extensions"], "deployments")),
        new("system:kube-aggregator", Rule(Read, [""], "endpoints", "services")),
        new("system:kubelet-api-admin",
            Rule(Read, [""], "nodes"), Rule(["proxy"], [""], "nodes"),
            Rule(["*"], [""], "nodes/log", "nodes/metrics", "nodes/proxy", "nodes/stats")),
        new("system:node-problem-detector", Rule(["get"], [""], "nodes"), Rule(["patch"], [""], "nodes/status"), Rule(["create", "patch", "update"], ["", "events.k8s.io"], "events")),
        new("system:node-proxier",
            Rule(["list", "watch"], [""], "endpoints", "services"), Rule(Read, [""], "nodes"),
            Rule(["list", "watch"], ["discovery.k8s.io"], "endpointslices"), Rule(["create", "patch", "update"], ["", "events.k8s.io"], "events"))
            { Users = ["system:kube-proxy"] },
        new("system:persistent-volume-provisioner",
            Rule([.. Read, "create", "delete"], [""], "persistentvolumes"), Rule([.. Read, "update"], [""], "persistentvolumeclaims"),
            Rule(Read, [Storage], "storageclasses"), Rule(["watch"], [""], "events"), Rule(["create", "patch", "update"], ["", "events.k8s.io"], "events")),
        new("system:volume-scheduler",
            Rule([.. Read, "patch", "update"], [""], "persistentvolumes"), Rule(Read, [Storage], "storageclasses"),
            Rule([.. Read, "patch", "update"], [""], "persistentvolumeclaims")) { Users = ["system:kube-scheduler"] },
    ];

    private static PolicyRule Rule(string[] verbs, string[] groups, params string[] resources) => new(verbs, groups, resources, [], []);

    private static PolicyRule Paths(string[] verbs, params string[] paths) => new(verbs, [], [], [], paths);
}
