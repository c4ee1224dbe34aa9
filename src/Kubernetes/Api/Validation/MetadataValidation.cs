using System.Text;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Rules for metadata, the same for every kind (apimachinery validation/objectmeta).</summary>
internal static class MetadataValidation
{
    private static readonly string[] StandardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

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
        var at = 0;
        foreach (var finalizer in metadata.Texts("finalizers"))
        {
            if (!Names.IsQualifiedName(finalizer))
            {
                errors.Invalid("metadata.finalizers", finalizer, Names.QualifiedNameProblem(finalizer));
            }
            else if (resource.Group.Length == 0 && !finalizer.Contains('/') && !StandardFinalizers.Contains(finalizer))
            {
                // kinds of the core group alone (pkg/apis/core/validation ValidateFinalizerName)
                errors.Invalid($"metadata.finalizers[{at}]", finalizer, "name is neither a standard finalizer name nor is it fully qualified");
            }
            at++;
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
                errors.Invalid(path, key, Names.QualifiedNameProblem(key));
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
                errors.Invalid("metadata.annotations", key, Names.QualifiedNameProblem(key.ToLowerInvariant()));
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
        // upstream's paths are without the index
        const string path = "metadata.ownerReferences";
        var controllers = metadata.Items("ownerReferences").Where(owner => owner.Flag("controller") == true).Select(owner => $"{owner.Text("kind")}/{owner.Text("name")}").ToList();
        foreach (var owner in metadata.Items("ownerReferences"))
        {
            foreach (var field in (string[])["apiVersion", "kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owner.Text(field)))
                {
                    errors.Invalid($"{path}.{field}", "", field is "apiVersion" ? "version must not be empty" : "must not be empty");
                }
            }
        }
        if (controllers.Count > 1)
        {
            errors.Invalid("metadata.ownerReferences", metadata["ownerReferences"]?.DeepClone(), $"Only one reference can have Controller set to true. Found \"true\" in references for {controllers[0]} and {controllers[1]}");
        }
    }
}
