using System.Text.Json.Nodes;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs (kubernetes pkg/printers).</summary>
internal static class WorkloadPrinters
{
    private static readonly TableColumn Containers = new("Containers", Priority: 1);
    private static readonly TableColumn Images = new("Images", Priority: 1);
    private static readonly TableColumn Selector = new("Selector", Priority: 1);

    public static TablePrinter Deployment { get; } = new(
        [TableColumn.ObjectName, new("Ready"), new("Up-to-date"), new("Available"), TableColumn.Age, Containers, Images, Selector],
        (d, now) =>
        [
            Name(d), $"{Count(d, "status", "readyReplicas")}/{Count(d, "spec", "replicas")}", Count(d, "status", "updatedReplicas"),
            Count(d, "status", "availableReplicas"), HumanDuration.Age(d, now), .. Wide(d),
        ]);

    public static TablePrinter ReplicaSet { get; } = new(
        [TableColumn.ObjectName, new("Desired", "integer"), new("Current", "integer"), new("Ready", "integer"), TableColumn.Age, Containers, Images, Selector],
        (s, now) =>
        [
            Name(s), Count(s, "spec", "replicas"), Count(s, "status", "replicas"), Count(s, "status", "readyReplicas"), HumanDuration.Age(s, now), .. Wide(s),
        ]);

    public static TablePrinter StatefulSet { get; } = new(
        [TableColumn.ObjectName, new("Ready"), TableColumn.Age, Containers, Images],
        (s, now) =>
        [
            Name(s), $"{Count(s, "status", "readyReplicas")}/{Count(s, "spec", "replicas")}", HumanDuration.Age(s, now), .. Wide(s).Take(2),
        ]);

    public static TablePrinter DaemonSet { get; } = new(
        [
            TableColumn.ObjectName, new("Desired", "integer"), new("Current", "integer"), new("Ready", "integer"), new("Up-to-date", "integer"),
            new("Available", "integer"), new("Node Selector"), TableColumn.Age, Containers, Images, Selector,
        ],
        (s, now) =>
        [
            Name(s), Count(s, "status", "desiredNumberScheduled"), Count(s, "status", "currentNumberScheduled"), Count(s, "status", "numberReady"),
            Count(s, "status", "updatedNumberScheduled"), Count(s, "status", "numberAvailable"),
            Labels(s.Object("spec", "template", "spec", "nodeSelector")), HumanDuration.Age(s, now), .. Wide(s),
        ]);

    public static TablePrinter Job { get; } = new(
        [TableColumn.ObjectName, new("Status"), new("Completions"), new("Duration"), TableColumn.Age, Containers, Images, Selector],
        (j, now) => [Name(j), JobStatus(j), Completions(j), JobDuration(j, now), HumanDuration.Age(j, now), .. Wide(j)]);

    public static TablePrinter CronJob { get; } = new(
        [
            TableColumn.ObjectName, new("Schedule"), new("Timezone"), new("Suspend"), new("Active", "integer"), new("Last Schedule"), TableColumn.Age, Containers, Images, Selector,
        ],
        (c, now) =>
        [
            Name(c), c.Text("spec", "schedule"), c.Text("spec", "timeZone") ?? "<none>", c.Flag("spec", "suspend") == true ? "True" : "False",
            c.Array("status", "active")?.Count ?? 0, c.Text("status", "lastScheduleTime") is { } last ? HumanDuration.Since(last, now) : "<none>",
            HumanDuration.Age(c, now), .. Wide(c.Object("spec", "jobTemplate") ?? []),
        ]);

    public static string Labels(JsonObject? labels) =>
        labels is { Count: > 0 } ? string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value.Text()}")) : "<none>";

    private static JsonNode? Name(JsonObject document) => document.Text("metadata", "name");

    private static long Count(JsonObject document, params string[] path) => document.Number(path) ?? 0;

    private static IEnumerable<JsonNode?> Wide(JsonObject workload)
    {
        var containers = workload.Items("spec", "template", "spec", "containers").ToList();
        var selector = LabelSelectors.Text(workload.At("spec", "selector"));
        return
        [
            string.Join(',', containers.Select(container => container.Text("name"))),
            string.Join(',', containers.Select(container => container.Text("image"))),
            selector.Length == 0 ? "<none>" : selector,
        ];
    }

    private static string JobStatus(JsonObject job)
    {
        bool Is(string type) => job.Items("status", "conditions").Any(c => c.Text("type") == type && c.Text("status") == "True");
        return Is("Complete") ? "Complete" : Is("Failed") ? "Failed" : job.Text("metadata", "deletionTimestamp") is not null ? "Terminating"
            : Is("Suspended") ? "Suspended" : Is("FailureTarget") ? "FailureTarget" : Is("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string Completions(JsonObject job)
    {
        var succeeded = Count(job, "status", "succeeded");
        if (job.Number("spec", "completions") is { } wanted)
        {
            return $"{succeeded}/{wanted}";
        }
        var parallelism = Count(job, "spec", "parallelism");
        return parallelism > 1 ? $"{succeeded}/1 of {parallelism}" : $"{succeeded}/1";
    }

    private static string JobDuration(JsonObject job, DateTimeOffset now)
    {
        if (job.Text("status", "startTime") is not { } start)
        {
            return "";
        }
        return job.Text("status", "completionTime") is { } end ? HumanDuration.Since(start, DateTimeOffset.Parse(end)) : HumanDuration.Since(start, now);
    }
}
