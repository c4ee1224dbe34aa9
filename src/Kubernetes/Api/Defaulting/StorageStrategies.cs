using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Persistent volumes and their claims: defaults of core/v1, phase Pending at birth.</summary>
internal static class StorageStrategies
{
    public static ResourceStrategy Claim { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = claim => claim.Sub("spec").Default("volumeMode", "Filesystem"),
        PrepareForCreate = claim => claim["status"] = new JsonObject { ["phase"] = "Pending" },
    };

    public static ResourceStrategy Volume { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = volume =>
        {
            var spec = volume.Sub("spec");
            spec.Default("persistentVolumeReclaimPolicy", "Retain");
            spec.Default("volumeMode", "Filesystem");
        },
        PrepareForCreate = volume => volume["status"] = new JsonObject { ["phase"] = "Pending" },
    };
}
