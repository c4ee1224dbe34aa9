using ArgoCd.Applications;
using ArgoCd.Json;
using Controllers.Runtime.Client;

namespace ArgoCd.Comparison;

/// <summary>Makes the objects of Git into those that are compared: namespace filled in, tracking id written, doubles dropped (<c>NormalizeTargetObjects</c>).</summary>
internal static class TargetObjects
{
    /// <param name="objects">As in Git; not changed.</param>
    /// <param name="application">The application's name.</param>
    /// <param name="defaultNamespace">Namespace of the destination.</param>
    /// <param name="isNamespaced">Scope of a kind; null when the cluster does not know it.</param>
    public static (IReadOnlyList<Unstructured> Targets, IReadOnlyList<ApplicationCondition> Warnings) Normalize(
        IEnumerable<Unstructured> objects, string application, string defaultNamespace, Func<string, string, bool?> isNamespaced)
    {
        var targets = new Dictionary<ResourceKey, (Unstructured Object, int Times)>();
        var unnamed = 0;
        foreach (var @object in objects)
        {
            var target = Place(@object, defaultNamespace, isNamespaced(@object.Group, @object.Kind));
            TrackingId.For(target, application, defaultNamespace).WriteTo(target);
            var key = ResourceKey.Of(target);
            if (key.Name.Length == 0)
            {
                key = key with { Name = $"{target.Json.Text("metadata", "generateName")}{unnamed++}" };
            }

            targets[key] = (target, targets.TryGetValue(key, out var same) ? same.Times + 1 : 1);
        }

        var warnings = targets.Where(target => target.Value.Times > 1).Select(target => ApplicationCondition.Of(
            ApplicationConditions.RepeatedResourceWarning,
            $"Resource {target.Key} appeared {target.Value.Times} times among application resources."));
        return ([.. targets.Values.Select(target => target.Object)], [.. warnings]);
    }

    private static Unstructured Place(Unstructured @object, string defaultNamespace, bool? namespaced)
    {
        var json = (System.Text.Json.Nodes.JsonObject)@object.Json.DeepClone();
        var metadata = json.Ensure("metadata");
        if (namespaced == false)
        {
            metadata.Remove("namespace");
        }
        else if (string.IsNullOrEmpty(metadata.Text("namespace")))
        {
            metadata["namespace"] = defaultNamespace; // also for unknown kinds
        }

        return new Unstructured(json);
    }
}
