using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.CustomResources;

/// <summary>CustomResourceDefinitions: defaults and validation (apiextensions-apiserver pkg/apis/apiextensions).</summary>
internal static class DefinitionStrategy
{
    public static ResourceStrategy Strategy { get; } = new()
    {
        HasGeneration = true,
        Default = Default,
        Validate = Validate,
    };

    private static void Default(JsonObject definition)
    {
        var spec = definition.Sub("spec");
        var names = spec.Sub("names");
        if (names.Text("kind") is { } kind)
        {
            names.Default("singular", kind.ToLowerInvariant());
            names.Default("listKind", kind + "List");
        }
        spec.Default("conversion", new JsonObject { ["strategy"] = "None" });
    }

    private static void Validate(JsonObject definition, FieldErrors errors)
    {
        var spec = definition.Object("spec");
        var group = spec.Text("group") ?? "";
        var plural = spec.Text("names", "plural") ?? "";
        if (group.Length == 0)
        {
            errors.Required("spec.group");
        }
        if (plural.Length == 0)
        {
            errors.Required("spec.names.plural");
        }
        if (string.IsNullOrEmpty(spec.Text("names", "kind")))
        {
            errors.Required("spec.names.kind");
        }
        if (definition.Text("metadata", "name") is { } name && name != $"{plural}.{group}")
        {
            errors.Invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
        }
        if (spec.Text("scope") is not ("Namespaced" or "Cluster"))
        {
            errors.NotSupported("spec.scope", spec.Text("scope"), "Cluster", "Namespaced");
        }
        Versions(spec, errors);
        RuleDefinitions.Check(spec, errors);
        if (spec.Text("conversion", "strategy") is { } conversion and not "None")
        {
            errors.NotSupported("spec.conversion.strategy", conversion, "None");
        }
    }

    private static void Versions(JsonObject? spec, FieldErrors errors)
    {
        var versions = spec.Items("versions").ToList();
        if (versions.Count(version => version.Flag("storage") == true) != 1)
        {
            errors.Invalid("spec.versions", spec?["versions"]?.DeepClone(), "must have exactly one version marked as storage version");
        }
        var names = new HashSet<string>();
        for (var i = 0; i < versions.Count; i++)
        {
            if (!names.Add(versions[i].Text("name") ?? ""))
            {
                errors.Invalid($"spec.versions", spec?["versions"]?.DeepClone(), "must contain unique version names");
            }
            if (string.IsNullOrEmpty(versions[i].Text("name")))
            {
                errors.Required($"spec.versions[{i}].name");
            }
            if (versions[i].Object("schema", "openAPIV3Schema") is null)
            {
                errors.Required($"spec.versions[{i}].schema.openAPIV3Schema");
            }
        }
    }
}
