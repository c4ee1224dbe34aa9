using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>PersistentVolumes, their claims, and storage classes (kubernetes pkg/printers).</summary>
internal static class StoragePrinters
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";
    private static readonly TableColumn Attributes = new("VolumeAttributesClass");
    private static readonly TableColumn Mode = new("VolumeMode", Priority: 1);

    public static TablePrinter Claim { get; } = new(
        [TableColumn.ObjectName, new("Status"), new("Volume"), new("Capacity"), new("Access Modes"), new("StorageClass"), Attributes, TableColumn.Age, Mode],
        (c, now) =>
        [
            c.Text("metadata", "name"), c.IsDeleting() ? "Terminating" : c.Text("status", "phase") ?? "", c.Text("spec", "volumeName") ?? "",
            c.Text("spec", "volumeName") is { Length: > 0 } ? c.Text("status", "capacity", "storage") ?? "" : "", Modes(c.Texts("status", "accessModes")),
            c.Text("spec", "storageClassName") ?? "", c.Text("spec", "volumeAttributesClassName") ?? "<unset>", HumanDuration.Age(c, now),
            c.Text("spec", "volumeMode") ?? "<unset>",
        ]);

    public static TablePrinter Volume { get; } = new(
        [
            TableColumn.ObjectName, new("Capacity"), new("Access Modes"), new("Reclaim Policy"), new("Status"), new("Claim"), new("StorageClass"), Attributes,
            new("Reason"), TableColumn.Age, Mode,
        ],
        (v, now) =>
        [
            v.Text("metadata", "name"), v.Text("spec", "capacity", "storage") ?? "", Modes(v.Texts("spec", "accessModes")),
            v.Text("spec", "persistentVolumeReclaimPolicy") ?? "", v.IsDeleting() ? "Terminating" : v.Text("status", "phase") ?? "",
            v.Object("spec", "claimRef") is { } claim ? $"{claim.Text("namespace")}/{claim.Text("name")}" : "", v.Text("spec", "storageClassName") ?? "",
            v.Text("spec", "volumeAttributesClassName") ?? "<unset>", v.Text("status", "reason") ?? "", HumanDuration.Age(v, now), v.Text("spec", "volumeMode") ?? "<unset>",
        ]);

    public static TablePrinter Class { get; } = new(
        [
            TableColumn.ObjectName, new("Provisioner"), new("ReclaimPolicy"), new("VolumeBindingMode"), new("AllowVolumeExpansion", "boolean"), TableColumn.Age,
        ],
        (s, now) =>
        [
            s.Text("metadata", "name") + (s.Text("metadata", "annotations", DefaultClass) == "true" ? " (default)" : ""), s.Text("provisioner") ?? "",
            s.Text("reclaimPolicy") ?? "Delete", s.Text("volumeBindingMode") ?? "Immediate", s.Flag("allowVolumeExpansion") == true, HumanDuration.Age(s, now),
        ]);

    private static string Modes(IEnumerable<string> modes) => string.Join(',', modes.Select(mode => mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        _ => mode,
    }));
}
