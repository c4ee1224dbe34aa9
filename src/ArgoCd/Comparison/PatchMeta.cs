namespace ArgoCd.Comparison;

/// <summary>
/// How lists of the built-in kinds merge: the <c>patchMergeKey</c> tags of k8s.io/api, by field name. A list not named here is replaced whole.
/// </summary>
internal static class PatchMeta
{
    private static readonly HashSet<string> BuiltInGroups =
    [
        "", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io",
        "admissionregistration.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "scheduling.k8s.io", "node.k8s.io", "events.k8s.io",
        "certificates.k8s.io", "flowcontrol.apiserver.k8s.io", "resource.k8s.io",
    ];

    private static readonly Dictionary<string, string[]> MergeKeys = new()
    {
        ["containers"] = ["name"],
        ["initContainers"] = ["name"],
        ["ephemeralContainers"] = ["name"],
        ["volumes"] = ["name"],
        ["env"] = ["name"],
        ["imagePullSecrets"] = ["name"],
        ["secrets"] = ["name"],
        ["resourceClaims"] = ["name"],
        ["schedulingGates"] = ["name"],
        ["webhooks"] = ["name"],
        ["volumeMounts"] = ["mountPath"],
        ["volumeDevices"] = ["devicePath"],
        ["hostAliases"] = ["ip"],
        ["topologySpreadConstraints"] = ["topologyKey"],
        ["ownerReferences"] = ["uid"],
        ["conditions"] = ["type"],
    };

    private static readonly HashSet<string> PrimitiveSets = ["finalizers"];

    /// <summary>Whether the group is compiled into upstream's scheme, so that its lists merge by key; other kinds merge as plain JSON.</summary>
    public static bool IsBuiltIn(string group) => BuiltInGroups.Contains(group);

    /// <summary>The fields that identify an item of the list, or null when the list is atomic.</summary>
    /// <param name="field">Name of the list.</param>
    /// <param name="parent">Name of the field that holds it: <c>ports</c> means something else in a Service and in a container.</param>
    public static string[]? MergeKey(string field, string parent) => field switch
    {
        // a port number may be listed once per protocol
        "ports" when parent == "spec" => ["port", "protocol"],
        "ports" when parent is "containers" or "initContainers" or "ephemeralContainers" => ["containerPort", "protocol"],
        _ => MergeKeys.GetValueOrDefault(field),
    };

    public static bool IsSet(string field) => PrimitiveSets.Contains(field);
}
