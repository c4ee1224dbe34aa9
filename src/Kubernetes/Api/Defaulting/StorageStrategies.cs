using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Volumes and the claims to them (kubernetes pkg/apis/core/v1/defaults.go and validation).</summary>
internal static class StorageStrategies
{
    public static ResourceStrategy Claim { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = DefaultClaim,
        PrepareForCreate = claim => claim["status"] = new JsonObject { ["phase"] = "Pending" },
        Validate = ValidateClaim,
    };

    public static ResourceStrategy Volume { get; } = new()
    {
        ReturnsDeletedObject = true,
        Default = volume =>
        {
            var spec = volume.Sub("spec");
            spec.Default("persistentVolumeReclaimPolicy", "Retain");
            spec.Default("volumeMode", "Filesystem");
            spec.Object("hostPath")?.Default("type", "");
        },
        PrepareForCreate = volume => volume["status"] = new JsonObject { ["phase"] = "Pending" },
    };

    public static void DefaultClaim(JsonObject claim) => claim.Sub("spec").Default("volumeMode", "Filesystem");

    private static void ValidateClaim(JsonObject claim, FieldErrors errors)
    {
        var spec = claim.Object("spec");
        if (spec.Array("accessModes") is not { Count: > 0 })
        {
            errors.Required("spec.accessModes", "at least 1 access mode is required");
        }
        if (spec.At("resources", "requests", "storage") is null)
        {
            errors.Required("spec.resources[storage]");
        }
    }
}
