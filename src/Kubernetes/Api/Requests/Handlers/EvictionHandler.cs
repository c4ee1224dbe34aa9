using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/eviction: a deletion that a disruption budget may refuse (kubernetes pkg/registry/core/pod/storage/eviction.go).</summary>
internal sealed class EvictionHandler(ApiContext api)
{
    private const string Budgets = "policy/poddisruptionbudgets";
    private const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    public async Task EvictAsync(ApiRequest request)
    {
        var eviction = await BodyReader.ObjectAsync(request, "policy/v1", "Eviction");
        BodyReader.CheckName(request, eviction, request.Info.Name);
        var name = request.Info.Name!;
        var pod = api.Named(request);
        var write = request.Write(name, "");
        if (!IsFree(pod))
        {
            await ChargeAsync(write, pod, request.Aborted);
        }
        var options = DeleteOptions.From(eviction["deleteOptions"], request.Query);
        await api.Deletion.DeleteAsync(write, options, request.Aborted);
        var success = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 };
        await Answer.ObjectAsync(request, 201, success);
    }

    /// <summary>A pod that is finished, has not started or goes already disturbs nobody.</summary>
    private static bool IsFree(JsonObject pod) => pod.IsDeleting() || pod.Text("status", "phase") is "Succeeded" or "Failed" or "Pending";

    private async Task ChargeAsync(WriteRequest request, JsonObject pod, CancellationToken stop)
    {
        var budgets = api.Store.List(Budgets).Objects(request.Namespace).Select(stored => (stored.Key, Tree: Metadata.Tree(stored.Value)))
            .Where(budget => budget.Tree.Object("spec", "selector") is { } selector && LabelSelectors.Matches(selector, pod.Object("metadata", "labels")))
            .ToList();
        if (budgets.Count == 0)
        {
            return;
        }
        if (budgets.Count > 1)
        {
            throw StatusErrors.Internal("This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        var budget = new WriteRequest(api.Resources.Find("policy", "v1", "poddisruptionbudgets")!, request.Namespace, budgets[0].Key.Name, request.User)
        {
            Subresource = "status", DryRun = request.DryRun, FieldManager = request.FieldManager,
        };
        if (!IsReady(pod) && Forgives(budgets[0].Tree))
        {
            return; // an unready pod counts for nothing
        }
        await api.Update.UpdateAsync(budget, current => Spend(current, budget.Name, request.Name), isPatch: true, createFrom: null, stop);
    }

    private JsonObject Spend(JsonObject budget, string name, string podName)
    {
        if ((budget.Number("status", "observedGeneration") ?? 0) < (budget.Number("metadata", "generation") ?? 0))
        {
            throw Refuse($"The disruption budget {name} is still being processed by the server.");
        }
        var allowed = budget.Number("status", "disruptionsAllowed") ?? 0;
        if (allowed <= 0)
        {
            throw Refuse($"The disruption budget {name} needs {budget.Number("status", "desiredHealthy") ?? 0} healthy pods and has {budget.Number("status", "currentHealthy") ?? 0} currently");
        }
        // spent at once: two evictions in a row must not both count on the same pod
        var status = budget.Sub("status");
        status["disruptionsAllowed"] = allowed - 1;
        status.Sub("disruptedPods")[podName] = Metadata.Timestamp(api.Time.GetUtcNow());
        return budget;
    }

    private static bool Forgives(JsonObject budget)
    {
        var healthy = budget.Number("status", "currentHealthy") ?? 0;
        var desired = budget.Number("status", "desiredHealthy") ?? 0;
        return budget.Text("spec", "unhealthyPodEvictionPolicy") == "AlwaysAllow" || (healthy >= desired && desired > 0);
    }

    private static bool IsReady(JsonObject pod)
        => pod.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    private static ApiException Refuse(string cause) => StatusErrors.TooManyRequests(
        Refusal, 10, new JsonObject { ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = cause }) });
}
