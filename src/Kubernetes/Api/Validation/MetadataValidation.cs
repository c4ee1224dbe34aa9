using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Rules for metadata, the same for every kind (apimachinery validation/objectmeta).</summary>
internal static class MetadataValidation
{
    private const int AnnotationsMaxBytes = 256 * 1024;

    public static void Check(ResourceInfo resource, JsonObject metadata, FieldErrors errors)
    {
        var name = metadata.Text("name") ?? "";
        if (name.Length == 0)
        {
            errors.Required("metadata.name", "name or generateName is required");
        }
        else if (Names.Problem(resource.Strategy.Names, name) is { } problem)
        {
            errors.Invalid("metadata.name", name, problem);
        }
        Labels("metadata.labels", metadata.Object("labels"), errors);
        Annotations(metadata.Object("annotations"), errors);
        OwnerReferences(metadata, errors);
        foreach (var finalizer in metadata.Texts("finalizers"))
        {
            if (!Names.IsQualifiedName(finalizer))
            {
                errors.Invalid("metadata.finalizers", finalizer, Names.QualifiedNameMessage);
            }
        }
    }

    public static void CheckUpdate(JsonObject metadata, JsonObject old, FieldErrors errors)
    {
        if (old.Text("deletionTimestamp") is not null)
        {
            var known = old.Texts("finalizers").ToHashSet();
            var added = metadata.Texts("finalizers").Where(finalizer => !known.Contains(finalizer)).ToArray();
            if (added.Length > 0)
            {
                errors.Forbidden("metadata.finalizers", $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(f => $"\"{f}\""))}}}");
            }
        }
    }

    public static void Labels(string path, JsonObject? labels, FieldErrors errors)
    {
        foreach (var (key, value) in labels ?? [])
        {
            if (!Names.IsQualifiedName(key))
            {
                errors.Invalid(path, key, Names.QualifiedNameMessage);
            }
            if (value.Text() is not { } text || !Names.IsLabelValue(text))
            {
                errors.Invalid(path, value?.DeepClone(), value.Text() is { Length: > 63 } ? "must be no more than 63 characters" : Names.LabelValueMessage);
            }
        }
    }

    private static void Annotations(JsonObject? annotations, FieldErrors errors)
    {
        var total = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            if (!Names.IsQualifiedName(key.ToLowerInvariant()))
            {
                errors.Invalid("metadata.annotations", key, Names.QualifiedNameMessage);
            }
            total += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value.Text() ?? "");
        }
        if (total > AnnotationsMaxBytes)
        {
            errors.TooLong("metadata.annotations", AnnotationsMaxBytes);
        }
    }

    private static void OwnerReferences(JsonObject metadata, FieldErrors errors)
    {
        var controllers = 0;
        var index = 0;
        foreach (var owner in metadata.Items("ownerReferences"))
        {
            var path = $"metadata.ownerReferences[{index++}]";
            foreach (var field in (string[])["apiVersion", "kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owner.Text(field)))
                {
                    errors.Invalid($"{path}.{field}", "", field is "apiVersion" ? "version must not be empty" : $"{field} must not be empty");
                }
            }
            controllers += owner.Flag("controller") == true ? 1 : 0;
        }
        if (controllers > 1)
        {
            errors.Invalid("metadata.ownerReferences", metadata["ownerReferences"]?.DeepClone(), "Only one reference can have Controller set to true. Found \"true\" in references for several owners");
        }
    }
}
