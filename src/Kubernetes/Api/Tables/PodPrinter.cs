using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Pods: ready containers, the reason that matters most, restarts (kubernetes pkg/printers printPod).</summary>
internal static class PodPrinter
{
    public static TablePrinter Printer { get; } = new(
        [
            TableColumn.ObjectName, new("Ready"), new("Status"), new("Restarts"), TableColumn.Age,
            new("IP", Priority: 1), new("Node", Priority: 1), new("Nominated Node", Priority: 1), new("Readiness Gates", Priority: 1),
        ],
        Cells);

    private static IEnumerable<JsonNode?> Cells(JsonObject pod, DateTimeOffset now)
    {
        var statuses = pod.Items("status", "containerStatuses").ToList();
        var ready = statuses.Count(status => status.Flag("ready") == true && status.At("state", "running") is not null);
        var restarts = statuses.Sum(status => status.Number("restartCount") ?? 0);
        var lastRestart = statuses.Select(status => status.Text("lastState", "terminated", "finishedAt")).Where(at => at is not null).Max();
        yield return pod.Text("metadata", "name");
        yield return $"{ready}/{pod.Items("spec", "containers").Count()}";
        yield return Reason(pod, statuses);
        yield return restarts > 0 && lastRestart is not null ? $"{restarts} ({HumanDuration.Since(lastRestart, now)} ago)" : restarts.ToString();
        yield return HumanDuration.Age(pod, now);
        yield return pod.Text("status", "podIP") is { Length: > 0 } address ? address : "<none>";
        yield return pod.Text("spec", "nodeName") is { Length: > 0 } node ? node : "<none>";
        yield return pod.Text("status", "nominatedNodeName") is { Length: > 0 } nominated ? nominated : "<none>";
        yield return Gates(pod);
    }

    private static string Reason(JsonObject pod, List<JsonObject> statuses)
    {
        var reason = pod.Text("status", "reason") ?? pod.Text("status", "phase") ?? "";
        if (pod.Items("status", "conditions").Any(c => c.Text("type") == "PodScheduled" && c.Text("reason") == "SchedulingGated"))
        {
            reason = "SchedulingGated";
        }
        var initializing = false;
        var index = 0;
        foreach (var init in pod.Items("status", "initContainerStatuses"))
        {
            var total = pod.Items("spec", "initContainers").Count();
            if (init.Number("state", "terminated", "exitCode") == 0 || (init.Flag("started") == true && init.Flag("ready") == true))
            {
                index++;
                continue;
            }
            var terminated = init.Object("state", "terminated");
            var waiting = init.Text("state", "waiting", "reason");
            reason = terminated is not null
                ? $"Init:{Terminated(terminated)}"
                : waiting is { Length: > 0 } and not "PodInitializing" ? $"Init:{waiting}" : $"Init:{index}/{total}";
            initializing = true;
            break;
        }
        if (!initializing)
        {
            reason = ContainerReason(reason, statuses);
        }
        if (pod.Text("metadata", "deletionTimestamp") is not null)
        {
            return pod.Text("status", "reason") == "NodeLost" ? "Unknown" : pod.Text("status", "phase") is "Succeeded" or "Failed" ? reason : "Terminating";
        }
        return reason;
    }

    private static string ContainerReason(string reason, List<JsonObject> statuses)
    {
        var running = false;
        for (var i = statuses.Count - 1; i >= 0; i--)
        {
            var state = statuses[i]["state"];
            if (state.Text("waiting", "reason") is { Length: > 0 } waiting)
            {
                reason = waiting;
            }
            else if (state.Object("terminated") is { } terminated)
            {
                reason = Terminated(terminated);
            }
            else if (statuses[i].Flag("ready") == true && state.Object("running") is not null)
            {
                running = true;
            }
        }
        return reason == "Completed" && running ? "Running" : reason;
    }

    private static string Terminated(JsonObject terminated) => terminated.Text("reason") is { Length: > 0 } reason
        ? reason
        : terminated.Number("signal") is > 0 and var signal ? $"Signal:{signal}" : $"ExitCode:{terminated.Number("exitCode") ?? 0}";

    private static string Gates(JsonObject pod)
    {
        var gates = pod.Items("spec", "readinessGates").ToList();
        if (gates.Count == 0)
        {
            return "<none>";
        }
        var passed = gates.Count(gate => pod.Items("status", "conditions").Any(c => c.Text("type") == gate.Text("conditionType") && c.Text("status") == "True"));
        return $"{passed}/{gates.Count}";
    }
}
