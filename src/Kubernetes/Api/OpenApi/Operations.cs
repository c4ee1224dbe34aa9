using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;

namespace Kubernetes.Api.OpenApi;

/// <summary>The paths of a resource: what kubectl reads from them is each PATCH's kind, query parameters and content types.</summary>
internal static class Operations
{
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation"];
    private static readonly string[] BuiltInPatches =
        ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    private static readonly string[] CustomPatches = ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"];

    public static void Add(JsonObject paths, ResourceInfo resource, JsonObject schema)
    {
        var root = resource.Group.Length == 0 ? $"/api/{resource.Version}" : $"/apis/{resource.ApiVersion}";
        var collection = resource.Namespaced ? $"{root}/namespaces/{{namespace}}/{resource.Plural}" : $"{root}/{resource.Plural}";
        var many = new JsonObject();
        AddIf(many, resource, "list", "get", "list", schema, []);
        AddIf(many, resource, "create", "post", "post", schema, WriteParameters);
        AddIf(many, resource, "deletecollection", "delete", "deletecollection", schema, []);
        paths[collection] = many;
        if (!resource.Verbs.Contains("get"))
        {
            return;
        }
        paths[$"{collection}/{{name}}"] = One(resource, schema);
        foreach (var sub in resource.Subresources.Where(sub => sub == "status"))
        {
            paths[$"{collection}/{{name}}/{sub}"] = One(resource, schema);
        }
    }

    private static JsonObject One(ResourceInfo resource, JsonObject schema)
    {
        var one = new JsonObject();
        AddIf(one, resource, "get", "get", "get", schema, []);
        AddIf(one, resource, "update", "put", "put", schema, WriteParameters);
        AddIf(one, resource, "patch", "patch", "patch", schema, [.. WriteParameters, "force"]);
        AddIf(one, resource, "delete", "delete", "delete", schema, ["dryRun", "gracePeriodSeconds", "propagationPolicy"]);
        return one;
    }

    private static void AddIf(JsonObject path, ResourceInfo resource, string verb, string method, string action, JsonObject schema, string[] parameters)
    {
        if (!resource.Verbs.Contains(verb))
        {
            return;
        }
        var operation = new JsonObject
        {
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = Kind(resource),
            ["parameters"] = new JsonArray([.. parameters.Select(name => new JsonObject
            {
                ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
            })]),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK", ["content"] = Content(["application/json"], schema) } },
        };
        if (method == "patch")
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true, ["content"] = Content(resource.Custom is null ? BuiltInPatches : CustomPatches, new JsonObject { ["type"] = "object" }),
            };
        }
        else if (method is "post" or "put")
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(["*/*"], schema) };
        }
        path[method] = operation;
    }

    public static JsonObject Kind(ResourceInfo resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = resource.Kind };

    private static JsonObject Content(IEnumerable<string> types, JsonObject schema)
    {
        var content = new JsonObject();
        foreach (var type in types)
        {
            content[type] = new JsonObject { ["schema"] = schema.DeepClone() };
        }
        return content;
    }
}
