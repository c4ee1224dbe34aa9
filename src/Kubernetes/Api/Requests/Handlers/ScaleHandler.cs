using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Patching;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Requests.Handlers;

/// <summary>The scale subresource: replicas as autoscaling/v1 Scale, whatever the kind calls them.</summary>
internal sealed class ScaleHandler(ApiContext api)
{
    private static readonly ResourceInfo ScaleKind = new("autoscaling", "v1", "scales", "Scale", Namespaced: true);

    public Task GetAsync(ApiRequest request) => Answer.ObjectAsync(request, 200, Scale(request.Resource, api.Named(request)));

    public async Task UpdateAsync(ApiRequest request)
    {
        var scale = await BodyReader.ObjectAsync(request, "autoscaling/v1", "Scale");
        BodyReader.CheckName(request, scale, request.Info.Name);
        await WriteAsync(request, _ => scale, isPatch: false);
    }

    public async Task PatchAsync(ApiRequest request)
    {
        var bytes = await BodyBytes.ReadAsync(request.Http);
        var patch = PatchRequest.Parse(bytes, BodyReader.MediaType(request.Http), ScaleKind);
        await WriteAsync(request, patch, isPatch: true);
    }

    private async Task WriteAsync(ApiRequest request, Func<JsonObject, JsonObject> change, bool isPatch)
    {
        var paths = request.Resource.Scale!;
        JsonObject Apply(JsonObject current)
        {
            var scale = change(Scale(request.Resource, current));
            var replicas = scale.Number("spec", "replicas") ?? 0;
            if (replicas < 0)
            {
                var errors = new FieldErrors();
                errors.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
                throw errors.ToException("autoscaling", "Scale", request.Info.Name!);
            }
            var holder = current;
            foreach (var step in paths.SpecReplicas[..^1])
            {
                holder = holder.Sub(step);
            }
            holder[paths.SpecReplicas[^1]] = replicas;
            var metadata = current.Sub("metadata");
            metadata["resourceVersion"] = scale.Text("metadata", "resourceVersion");
            return current;
        }
        var result = await api.Update.UpdateAsync(request.Write(request.Info.Name!), Apply, isPatch, createFrom: null, request.Aborted);
        await Answer.ObjectAsync(request, 200, Scale(request.Resource, Metadata.Tree(result.Value)));
    }

    private static JsonObject Scale(ResourceInfo resource, JsonObject document)
    {
        var paths = resource.Scale!;
        var metadata = new JsonObject();
        foreach (var field in (string[])["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
        {
            if (document.At("metadata", field) is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }
        var status = new JsonObject { ["replicas"] = document.Number(paths.StatusReplicas) ?? 0 };
        var selector = paths.LabelSelector is null
            ? LabelSelectors.Text(Selector(document))
            : document.Text(paths.LabelSelector);
        if (!string.IsNullOrEmpty(selector))
        {
            status["selector"] = selector;
        }
        var spec = new JsonObject();
        if (document.Number(paths.SpecReplicas) is { } replicas)
        {
            spec["replicas"] = replicas;
        }
        return new JsonObject { ["kind"] = "Scale", ["apiVersion"] = "autoscaling/v1", ["metadata"] = metadata, ["spec"] = spec, ["status"] = status };
    }

    /// <summary>A ReplicationController's selector is a plain map.</summary>
    private static JsonNode? Selector(JsonObject document) => document.Text("kind") == "ReplicationController"
        ? new JsonObject { ["matchLabels"] = document.At("spec", "selector")?.DeepClone() }
        : document.At("spec", "selector");
}
