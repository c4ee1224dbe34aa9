using k8s.Models;

namespace Controllers.Runtime;

/// <summary>Questions about metadata that every controller asks.</summary>
public static class ObjectMetaExtensions
{
    /// <summary>The owner reference marked as the controller, or null (<c>metav1.GetControllerOf</c>).</summary>
    public static V1OwnerReference? ControllerReference(this V1ObjectMeta metadata)
    {
        if (metadata.OwnerReferences is { Count: > 0 } references)
        {
            foreach (var reference in references)
            {
                if (reference.Controller == true)
                {
                    return reference;
                }
            }
        }

        return null;
    }

    /// <summary>The uid of <see cref="ControllerReference"/>, or null.</summary>
    public static string? ControllerUid(this V1ObjectMeta metadata) => metadata.ControllerReference()?.Uid;

    public static bool IsTerminating(this V1ObjectMeta metadata) => metadata.DeletionTimestamp is not null;

    public static string? Annotation(this V1ObjectMeta metadata, string key) => metadata.Annotations?.TryGetValue(key, out var value) == true ? value : null;

    public static string? Label(this V1ObjectMeta metadata, string key) => metadata.Labels?.TryGetValue(key, out var value) == true ? value : null;
}
