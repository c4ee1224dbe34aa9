using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>The parameters of a binding: a policy is evaluated once with each (apiserver admission/plugin/policy/generic/policy_dispatcher.go).</summary>
internal static class PolicyParams
{
    /// <summary>The kind that a policy takes parameters of; null: there is none of that name.</summary>
    public static ResourceInfo? Kind(ApiContext api, JsonObject paramKind) =>
        api.Resources.All.FirstOrDefault(resource => resource.ApiVersion == paramKind.Text("apiVersion") && resource.Kind == paramKind.Text("kind"));

    /// <returns>The parameters; one that is null where none are asked for. Or why there are none.</returns>
    public static (IReadOnlyList<JsonObject?> Params, string? Error) Collect(ApiContext api, ResourceInfo? kind, JsonObject? reference, string @namespace)
    {
        if (kind is null || reference is null)
        {
            return ([null], null);
        }
        var space = reference.Text("namespace") ?? "";
        if (!kind.Namespaced && space.Length > 0)
        {
            return ([], "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }
        if (kind.Namespaced && space.Length == 0)
        {
            space = @namespace;
        }
        if (kind.Namespaced && space.Length == 0)
        {
            return ([], "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        var found = Find(api, kind, reference, space).ToList();
        return found.Count == 0 && reference.Text("parameterNotFoundAction") == "Deny"
            ? ([], "no params found for policy binding with `Deny` parameterNotFoundAction")
            : (found, null);
    }

    private static IEnumerable<JsonObject> Find(ApiContext api, ResourceInfo kind, JsonObject reference, string space)
    {
        if (reference.Text("name") is { Length: > 0 } name)
        {
            return api.Store.Find(kind.Key(space, name)) is { } stored ? [Seen(kind, stored.Value)] : [];
        }
        var selector = reference.Object("selector") ?? [];
        return api.Store.List(kind.StorageResource).Objects(kind.Namespaced ? space : null).Select(stored => Seen(kind, stored.Value))
            .Where(param => LabelSelectors.Matches(selector, param.Object("metadata", "labels")));
    }

    private static JsonObject Seen(ResourceInfo kind, byte[] stored)
    {
        var tree = Metadata.Tree(stored);
        return kind.FromStorage?.Invoke(tree) ?? tree;
    }
}
