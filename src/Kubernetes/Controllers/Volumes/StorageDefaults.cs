using Controllers.Runtime.Client;
using k8s.Models;

namespace Kubernetes.Controllers.Volumes;

/// <summary>The storage class that every cluster for development brings along: <c>standard</c>, made of folders of this machine.</summary>
internal static class StorageDefaults
{
    public const string Provisioner = "embedded-cluster/folder";

    private const string IsDefault = "storageclass.kubernetes.io/is-default-class";

    public static async Task EnsureAsync(ApiClient client, CancellationToken cancel)
    {
        var standard = new V1StorageClass
        {
            Metadata = new V1ObjectMeta { Name = "standard", Annotations = new Dictionary<string, string> { [IsDefault] = "true" } },
            Provisioner = Provisioner,
            ReclaimPolicy = "Delete",
            VolumeBindingMode = "Immediate",
        };
        try
        {
            await client.CreateAsync(Resources.StorageClasses, standard, cancel);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // of an earlier controller manager
        }
    }
}
