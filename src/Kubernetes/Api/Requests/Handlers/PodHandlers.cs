using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/binding, pods/eviction (kubernetes pkg/registry/core/pod/storage).</summary>
internal sealed class PodHandlers(ApiContext api)
{
    public async Task BindAsync(ApiRequest request, string? podName)
    {
        var binding = await BodyReader.ObjectAsync(request, "v1", "Binding");
        BodyReader.CheckName(request, binding, podName);
        var name = binding.Text("metadata", "name") ?? "";
        var node = binding.Text("target", "name");
        if (string.IsNullOrEmpty(node))
        {
            var errors = new FieldErrors();
            errors.Required("target.name");
            throw errors.ToException("", "Binding", name);
        }
        var pods = api.Resources.Find("", "v1", "pods")!;
        JsonObject Bind(JsonObject pod)
        {
            if (pod.Text("spec", "nodeName") is { Length: > 0 } bound)
            {
                throw StatusErrors.Conflict(pods, name, $"pod {name} is already assigned to node \"{bound}\"");
            }
            if (pod.IsDeleting())
            {
                throw StatusErrors.Conflict(pods, name, $"pod {name} is being deleted, cannot be assigned to a host");
            }
            pod.Sub("spec")["nodeName"] = node;
            Scheduled(pod);
            return pod;
        }
        var write = request.Write(name, "binding") with { Resource = pods };
        await api.Update.UpdateAsync(write, Bind, isPatch: true, createFrom: null, request.Aborted);
        await Answer.JsonAsync(request.Http, 201, Success());
    }

    public async Task EvictAsync(ApiRequest request)
    {
        var eviction = await BodyReader.ObjectAsync(request, "policy/v1", "Eviction");
        BodyReader.CheckName(request, eviction, request.Info.Name);
        var name = request.Info.Name!;
        var stored = api.Store.Find(request.Resource.Key(request.Info.Namespace!, name)) ?? throw StatusErrors.NotFound(request.Resource, name);
        var pod = Metadata.Tree(stored.Value);
        if (pod.Text("status", "phase") == "Running" && !pod.IsDeleting())
        {
            CheckBudgets(request, pod);
        }
        var options = DeleteOptions.From(eviction["deleteOptions"], request.Query);
        await api.Deletion.DeleteAsync(request.Write(name, ""), options, request.Aborted);
        await Answer.JsonAsync(request.Http, 201, Success());
    }

    private void CheckBudgets(ApiRequest request, JsonObject pod)
    {
        foreach (var stored in api.Store.List("policy/poddisruptionbudgets").Objects(request.Info.Namespace))
        {
            var budget = Metadata.Tree(stored.Value);
            if (budget.Object("spec", "selector") is { } selector && LabelSelectors.Matches(selector, pod.Object("metadata", "labels"))
                && (budget.Number("status", "disruptionsAllowed") ?? 0) <= 0)
            {
                var cause = new JsonObject
                {
                    ["reason"] = "DisruptionBudget",
                    ["message"] = $"The disruption budget {stored.Key.Name} needs {budget.Number("status", "desiredHealthy") ?? 0} healthy pods and has {budget.Number("status", "currentHealthy") ?? 0} currently",
                };
                throw StatusErrors.TooManyRequests(
                    "Cannot evict pod as it would violate the pod's disruption budget.", 10, new JsonObject { ["causes"] = new JsonArray(cause) });
            }
        }
    }

    private void Scheduled(JsonObject pod)
    {
        var status = pod.Sub("status");
        if (status["conditions"] is not JsonArray conditions)
        {
            status["conditions"] = conditions = [];
        }
        foreach (var old in conditions.OfType<JsonObject>().Where(condition => condition.Text("type") == "PodScheduled").ToArray())
        {
            conditions.Remove(old);
        }
        conditions.Add((JsonNode)new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = "True",
            ["lastTransitionTime"] = Metadata.Timestamp(api.Time.GetUtcNow()),
        });
    }

    private static JsonObject Success() =>
        new() { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["code"] = 201 };
}
