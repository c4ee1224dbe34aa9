using System.Runtime.InteropServices;
using k8s.Models;

namespace Kubernetes.Node.Registration;

/// <summary>The Node object by which the node makes itself known, as a kubelet writes it.</summary>
internal static class NodeObject
{
    private const string KubeletVersion = "v1.35.0";

    /// <param name="name">The node's name.</param>
    /// <param name="address">Its address.</param>
    /// <param name="capacity">What it offers.</param>
    /// <param name="now">The moment of its heartbeat.</param>
    public static V1Node For(string name, string address, NodeCapacity capacity, DateTime now)
    {
        var resources = new Dictionary<string, ResourceQuantity>
        {
            ["cpu"] = capacity.Cpus.ToString(),
            ["memory"] = $"{capacity.MemoryBytes / 1024}Ki",
            ["ephemeral-storage"] = "100Gi",
            ["pods"] = capacity.Pods.ToString(),
        };
        return new V1Node
        {
            Metadata = new V1ObjectMeta
            {
                Name = name,
                Labels = new Dictionary<string, string>
                {
                    ["kubernetes.io/hostname"] = name,
                    ["kubernetes.io/os"] = "linux",
                    ["kubernetes.io/arch"] = Architecture,
                    ["beta.kubernetes.io/os"] = "linux",
                    ["beta.kubernetes.io/arch"] = Architecture,
                    ["node-role.kubernetes.io/control-plane"] = "true",
                },
            },
            Spec = new V1NodeSpec { PodCIDR = "127.64.0.0/16", PodCIDRs = ["127.64.0.0/16"], ProviderID = $"embedded://{name}" },
            Status = new V1NodeStatus
            {
                Addresses = [new V1NodeAddress { Type = "InternalIP", Address = address }, new V1NodeAddress { Type = "Hostname", Address = name }],
                Capacity = resources,
                Allocatable = resources,
                Conditions = Conditions(now),
                NodeInfo = Info(name),
            },
        };
    }

    public static IList<V1NodeCondition> Conditions(DateTime now) =>
    [
        Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available", now),
        Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", now),
        Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available", now),
        Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now),
    ];

    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "amd64",
    };

    private static V1NodeSystemInfo Info(string name) => new()
    {
        Architecture = Architecture,
        OperatingSystem = "linux",
        OsImage = RuntimeInformation.OSDescription,
        KernelVersion = System.Environment.OSVersion.Version.ToString(),
        KubeletVersion = KubeletVersion,
        KubeProxyVersion = KubeletVersion,
        ContainerRuntimeVersion = "embedded://1.0",
        MachineID = name,
        SystemUUID = name,
        BootID = name,
    };

    private static V1NodeCondition Condition(string type, string status, string reason, string message, DateTime now)
        => new() { Type = type, Status = status, Reason = reason, Message = message, LastHeartbeatTime = now, LastTransitionTime = now };
}

/// <summary>What a node offers.</summary>
/// <param name="Cpus">Cores.</param>
/// <param name="MemoryBytes">Memory.</param>
/// <param name="Pods">Most pods at a time.</param>
internal sealed record NodeCapacity(int Cpus, long MemoryBytes, int Pods);
