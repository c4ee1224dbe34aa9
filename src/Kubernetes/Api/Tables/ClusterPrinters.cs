using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Namespaces, nodes, configuration, events, access and storage (kubernetes pkg/printers).</summary>
internal static class ClusterPrinters
{
    private static readonly TableColumn CreatedAt = new("Created At", "date");

    public static TablePrinter Namespace { get; } = Simple(("Status", n => n.Text("status", "phase") ?? ""));

    public static TablePrinter ConfigMap { get; } = Simple(("Data", m => Count(m, "data") + Count(m, "binaryData")));

    public static TablePrinter Secret { get; } = Simple(("Type", s => s.Text("type") ?? ""), ("Data", s => Count(s, "data")));

    public static TablePrinter ServiceAccount { get; } = Simple(("Secrets", s => s.Array("secrets")?.Count ?? 0));

    public static TablePrinter Lease { get; } = Simple(("Holder", l => l.Text("spec", "holderIdentity") ?? ""));

    public static TablePrinter Role { get; } = Named([CreatedAt], r => [r.Text("metadata", "creationTimestamp")]);

    public static TablePrinter RoleBinding { get; } = new(
        [TableColumn.ObjectName, new("Role"), TableColumn.Age, new("Users", Priority: 1), new("Groups", Priority: 1), new("ServiceAccounts", Priority: 1)],
        (b, now) =>
        [
            b.Text("metadata", "name"), $"{b.Text("roleRef", "kind")}/{b.Text("roleRef", "name")}", HumanDuration.Age(b, now),
            Subjects(b, "User"), Subjects(b, "Group"), Subjects(b, "ServiceAccount"),
        ]);

    public static TablePrinter Event { get; } = new(
        [
            new("Last Seen"), new("Type"), new("Reason"), new("Object"), new("Subobject", Priority: 1), new("Source", Priority: 1), new("Message"),
            new("First Seen", Priority: 1), new("Count", Priority: 1), TableColumn.ObjectName with { Priority = 1 },
        ],
        EventCells);

    public static TablePrinter Node { get; } = new(
        [
            TableColumn.ObjectName, new("Status"), new("Roles"), TableColumn.Age, new("Version"), new("Internal-IP", Priority: 1), new("External-IP", Priority: 1),
            new("OS-Image", Priority: 1), new("Kernel-Version", Priority: 1), new("Container-Runtime", Priority: 1),
        ],
        NodeCells);

    public static TablePrinter DisruptionBudget { get; } = Simple(
        ("Min Available", p => Or(p.At("spec", "minAvailable").Display())), ("Max Unavailable", p => Or(p.At("spec", "maxUnavailable").Display())),
        ("Allowed Disruptions", p => p.Number("status", "disruptionsAllowed") ?? 0));

    public static TablePrinter PriorityClass { get; } = Simple(
        ("Value", p => p.Number("value") ?? 0), ("Global-Default", p => p.Flag("globalDefault") == true));

    public static TablePrinter Webhooks { get; } = Simple(("Webhooks", w => w.Array("webhooks")?.Count ?? 0));

    public static TablePrinter Quota { get; } = Simple(("Request", q => Used(q, limits: false)), ("Limit", q => Used(q, limits: true)));

    public static TablePrinter NetworkPolicy { get; } = Simple(
        ("Pod-Selector", n => { var text = Validation.LabelSelectors.Text(n.At("spec", "podSelector")); return text.Length == 0 ? "<none>" : text; }));

    public static TablePrinter Default { get; } = Simple();

    private static string Used(JsonObject quota, bool limits) => string.Join(", ", (quota.Object("status", "hard") ?? [])
        .Where(hard => hard.Key.StartsWith("limits", StringComparison.Ordinal) == limits).OrderBy(hard => hard.Key, StringComparer.Ordinal)
        .Select(hard => $"{hard.Key}: {Shown(quota.At("status", "used", hard.Key))}/{Shown(hard.Value)}"));

    private static string Shown(JsonNode? quantity) => Quotas.Quantity.Parse(quantity.Display()).ToString();

    private static TablePrinter Simple(params (string Name, Func<JsonObject, JsonNode?> Value)[] columns) => new(
        [TableColumn.ObjectName, .. columns.Select(column => new TableColumn(column.Name)), TableColumn.Age],
        (document, now) => [document.Text("metadata", "name"), .. columns.Select(column => column.Value(document)), HumanDuration.Age(document, now)]);

    private static TablePrinter Named(TableColumn[] columns, Func<JsonObject, IEnumerable<JsonNode?>> cells) =>
        new([TableColumn.ObjectName, .. columns], (document, _) => [document.Text("metadata", "name"), .. cells(document)]);

    private static int Count(JsonObject document, string member) => document.Object(member)?.Count ?? 0;

    private static string Or(string text) => text.Length == 0 ? "N/A" : text;

    private static string Subjects(JsonObject binding, string kind) => string.Join(", ", binding.Items("subjects").Where(subject => subject.Text("kind") == kind)
        .Select(subject => kind == "ServiceAccount" ? $"{subject.Text("namespace")}/{subject.Text("name")}" : subject.Text("name")));

    private static IEnumerable<JsonNode?> EventCells(JsonObject e, DateTimeOffset now)
    {
        var first = e.Text("firstTimestamp") ?? e.Text("eventTime");
        var last = e.Text("series", "lastObservedTime") ?? e.Text("lastTimestamp") ?? first;
        var seen = HumanDuration.Since(last, now);
        var count = e.Number("series", "count") ?? e.Number("count") ?? 1;
        var component = e.Text("source", "component") ?? e.Text("reportingComponent");
        var host = e.Text("source", "host");
        return
        [
            seen, e.Text("type"), e.Text("reason"), $"{e.Text("involvedObject", "kind")?.ToLowerInvariant()}/{e.Text("involvedObject", "name")}",
            e.Text("involvedObject", "fieldPath") ?? "", host is { Length: > 0 } ? $"{component}, {host}" : component, e.Text("message")?.Trim(),
            HumanDuration.Since(first, now), count, e.Text("metadata", "name"),
        ];
    }

    private static IEnumerable<JsonNode?> NodeCells(JsonObject node, DateTimeOffset now)
    {
        var ready = node.Items("status", "conditions").FirstOrDefault(c => c.Text("type") == "Ready")?.Text("status") switch
        {
            "True" => "Ready", null => "Unknown", _ => "NotReady",
        };
        const string prefix = "node-role.kubernetes.io/";
        var roles = (node.Object("metadata", "labels") ?? []).Where(label => label.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(label => label.Key[prefix.Length..]).Order().ToList();
        string Address(string type) => node.Items("status", "addresses").FirstOrDefault(a => a.Text("type") == type)?.Text("address") ?? "<none>";
        string Info(string field) => node.Text("status", "nodeInfo", field) is { Length: > 0 } text ? text : "<unknown>";
        return
        [
            node.Text("metadata", "name"), node.Flag("spec", "unschedulable") == true ? ready + ",SchedulingDisabled" : ready,
            roles.Count == 0 ? "<none>" : string.Join(',', roles), HumanDuration.Age(node, now), node.Text("status", "nodeInfo", "kubeletVersion") ?? "",
            Address("InternalIP"), Address("ExternalIP"), Info("osImage"), Info("kernelVersion"), Info("containerRuntimeVersion"),
        ];
    }
}
