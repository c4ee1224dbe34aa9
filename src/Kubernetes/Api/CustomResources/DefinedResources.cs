using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Schemas;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.CustomResources;

/// <summary>The resources that a definition serves, one per served version.</summary>
internal static class DefinedResources
{
    public static IReadOnlyList<ResourceInfo> Of(JsonObject definition)
    {
        var spec = definition.Object("spec")!;
        var storage = spec.Items("versions").First(version => version.Flag("storage") == true).Text("name")!;
        return [.. spec.Items("versions").Where(version => version.Flag("served") == true).Select(version => Of(definition, spec, version, storage))];
    }

    private static ResourceInfo Of(JsonObject definition, JsonObject spec, JsonObject version, string storage)
    {
        var names = spec.Object("names")!;
        var group = spec.Text("group")!;
        var versionName = version.Text("name")!;
        var scale = version.Object("subresources", "scale");
        var subresources = new List<string>();
        if (version.Object("subresources", "status") is not null)
        {
            subresources.Add("status");
        }
        if (scale is not null)
        {
            subresources.Add("scale");
        }
        var severalVersions = spec.Array("versions") is { Count: > 1 };
        var resource = new ResourceInfo(group, versionName, names.Text("plural")!, names.Text("kind")!, spec.Text("scope") == "Namespaced")
        {
            Singular = names.Text("singular") ?? "",
            ListKind = names.Text("listKind")!,
            ShortNames = [.. names.Texts("shortNames")],
            Categories = [.. names.Texts("categories")],
            Subresources = [.. subresources],
            Scale = scale is null ? null : new ScalePaths(
                Path(scale, "specReplicasPath")!, Path(scale, "statusReplicasPath")!, Path(scale, "labelSelectorPath")),
            StorageVersion = storage,
            Strategy = Strategy(version),
            Schema = new Lazy<Schema?>(() => version.Object("schema", "openAPIV3Schema") is { } schema ? CustomSchemas.Root(schema) : null),
            Custom = new CustomResourceInfo(
                definition.Text("metadata", "name")!, version.Object("schema", "openAPIV3Schema"), [.. version.Items("additionalPrinterColumns")])
            {
                Terminating = definition.Text("metadata", "deletionTimestamp") is not null,
            },
        };
        if (severalVersions)
        {
            resource = resource with { FromStorage = WithApiVersion($"{group}/{versionName}"), ToStorage = WithApiVersion($"{group}/{storage}") };
        }
        return MayLackDefaults(definition, version) ? resource with { FromStorage = WithDefaults(resource) } : resource;
    }

    /// <summary>Objects that were stored before a default came get it when they are read; under the first schema nothing can be older.</summary>
    private static bool MayLackDefaults(JsonObject definition, JsonObject version) =>
        definition.Number("metadata", "generation") > 1 && HasDefault(version.Object("schema", "openAPIV3Schema"));

    private static bool HasDefault(JsonNode? schema) => schema switch
    {
        JsonObject map => map.ContainsKey("default") || map.Any(member => HasDefault(member.Value)),
        JsonArray list => list.Any(HasDefault),
        _ => false,
    };

    private static Func<JsonObject, JsonObject> WithDefaults(ResourceInfo resource) => stored =>
    {
        var document = resource.FromStorage?.Invoke(stored) ?? stored;
        if (resource.Schema.Value is { } schema)
        {
            SchemaDefaulting.Apply(document, schema);
        }
        return document;
    };

    private static ResourceStrategy Strategy(JsonObject version)
    {
        var paths = version.Items("selectableFields").Select(field => field.Text("jsonPath") ?? "").ToArray();
        return new ResourceStrategy
        {
            AllowUnconditionalUpdate = false,
            FieldNames = [.. paths.Select(path => path.TrimStart('.'))],
            Fields = document => paths.Select(path => (path.TrimStart('.'), document.At(path.TrimStart('.').Split('.')).Display())),
        };
    }

    /// <summary>Conversion "None": only apiVersion changes.</summary>
    private static Func<JsonObject, JsonObject> WithApiVersion(string apiVersion) => document =>
    {
        document["apiVersion"] = apiVersion;
        return document;
    };

    private static string[]? Path(JsonObject scale, string name) => scale.Text(name)?.TrimStart('.').Split('.');
}
