using k8s.Models;
using Kubernetes.Controllers.Volumes;

namespace Kubernetes.Tests.Controllers.Volumes;

public sealed class ClaimPlanTests
{
    [Fact]
    public void The_smallest_volume_that_is_large_enough_is_bound()
    {
        var plan = ClaimPlan.For(Claim("2Gi"), [Volume("large", "5Gi"), Volume("small", "1Gi"), Volume("fits", "3Gi"), Volume("foreign", "2Gi", claim: "other")], [Class()], isUsed: true);

        plan.Bind!.Metadata.Name.Should().Be("fits");
    }

    [Fact]
    public void Without_one_the_class_makes_it_at_once_or_for_the_first_consumer()
    {
        ClaimPlan.For(Claim("1Gi"), [], [Class()], isUsed: false).Provision.Should().NotBeNull();
        ClaimPlan.For(Claim("1Gi"), [], [Class("WaitForFirstConsumer")], isUsed: false).Wait!.Value.Reason.Should().Be("WaitForFirstConsumer");
        ClaimPlan.For(Claim("1Gi"), [], [Class("WaitForFirstConsumer")], isUsed: true).Provision.Should().NotBeNull();
    }

    [Fact]
    public void What_cannot_be_had_is_said()
    {
        ClaimPlan.For(Claim("1Gi"), [], [], isUsed: true).Wait!.Value.Message.Should().Be("storageclass.storage.k8s.io \"standard\" not found");
        ClaimPlan.For(Claim("1Gi", storage: ""), [], [Class()], isUsed: true).Wait!.Value.Message.Should().Be("no persistent volumes available for this claim and no storage class is set");
        ClaimPlan.For(Claim("1Gi"), [], [Class(provisioner: "example.com/nfs")], isUsed: true).Wait!.Value.Reason.Should().Be("ExternalProvisioning");
    }

    private static V1PersistentVolumeClaim Claim(string size, string storage = "standard") => new()
    {
        Metadata = new V1ObjectMeta { Name = "data", NamespaceProperty = "shop", Uid = "claim" },
        Spec = new V1PersistentVolumeClaimSpec
        {
            StorageClassName = storage,
            AccessModes = ["ReadWriteOnce"],
            Resources = new V1VolumeResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(size) } },
        },
    };

    private static V1PersistentVolume Volume(string name, string size, string? claim = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PersistentVolumeSpec
        {
            StorageClassName = "standard",
            AccessModes = ["ReadWriteOnce", "ReadWriteMany"],
            Capacity = new Dictionary<string, ResourceQuantity> { ["storage"] = new(size) },
            ClaimRef = claim is null ? null : new V1ObjectReference { Name = claim, NamespaceProperty = "shop", Uid = claim },
        },
    };

    private static V1StorageClass Class(string mode = "Immediate", string provisioner = StorageDefaults.Provisioner) => new()
    {
        Metadata = new V1ObjectMeta { Name = "standard" },
        Provisioner = provisioner,
        VolumeBindingMode = mode,
    };
}
