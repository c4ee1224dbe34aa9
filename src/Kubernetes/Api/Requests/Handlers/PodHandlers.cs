using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>pods/binding (kubernetes pkg/registry/core/pod/storage).</summary>
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
                throw StatusErrors.Conflict(pods with { Plural = "pods/binding" }, name, $"pod {name} is already assigned to node \"{bound}\"");
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
        await Answer.ObjectAsync(request, 201, Success());
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
