using System.Globalization;
using k8s;
using k8s.Models;

namespace Controllers.Runtime.Client;

/// <summary>
/// Which of two states of an object is the later one: resource versions of one resource compare as numbers
/// (kubernetes.io, API concepts, "Resource versions"; client-go's <c>util/resourceversion</c>).
/// </summary>
public static class ResourceVersions
{
    /// <summary>Whether this is an earlier state of the same object than <paramref name="other"/>; false where either version is no number.</summary>
    public static bool IsOlderThan(this IKubernetesObject<V1ObjectMeta> @object, IKubernetesObject<V1ObjectMeta> other)
        => @object.Metadata.Uid == other.Metadata.Uid && Number(@object) is { } version && Number(other) is { } otherVersion && version < otherVersion;

    private static ulong? Number(IKubernetesObject<V1ObjectMeta> @object)
        => ulong.TryParse(@object.Metadata.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
