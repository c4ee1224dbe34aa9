using System.Text.Json.Nodes;
using Kubernetes.Addresses;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>
/// Gives Services their cluster IP (127.65.0.0/16, so that it is reachable on loopback) and node ports (30000-32767).
/// Candidates rise, so that two requests at once never get the same; what stored services use is skipped. Addresses come from blocks that are this
/// cluster's alone, as they lead to its pods from everywhere on the machine; node ports begin at the first block's own.
/// </summary>
internal sealed class ServiceAddresses(ApiContext api, Random random) : IDisposable
{
    private const int FirstPort = 30000;
    private const int LastPort = 32767;
    private const int PortsOfBlock = 10;
    private const byte Network = 65;

    private readonly Lock gate = new();
    private readonly List<AddressBlock> blocks = [];
    private int lastHost;
    private int lastPort;

    public void Dispose() => blocks.ForEach(block => block.Dispose());

    public void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE" or "UPDATE", Object: { } service, Request.Subresource: null } || !attributes.Is("", "services"))
        {
            return;
        }
        var spec = service.Sub("spec");
        var type = spec.Text("type");
        if (type == "ExternalName")
        {
            spec.Remove("clusterIP");
            spec.Remove("clusterIPs");
            return;
        }
        lock (gate)
        {
            ClusterIP(attributes, spec);
            if (type == "NodePort" || (type == "LoadBalancer" && spec.Flag("allocateLoadBalancerNodePorts") != false))
            {
                NodePorts(spec);
            }
        }
    }

    private void ClusterIP(AdmissionAttributes attributes, JsonObject spec)
    {
        var address = spec.Text("clusterIP");
        if (string.IsNullOrEmpty(address))
        {
            address = NextAddress();
        }
        else if (address != "None" && attributes.Operation == "CREATE" && UsedAddresses().Contains(address))
        {
            var errors = new FieldErrors();
            errors.Invalid("spec.clusterIPs", new JsonArray(address), "failed to allocate IP " + address + ": provided IP is already allocated");
            throw errors.ToException("", "Service", attributes.Request.Name);
        }
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(address);
    }

    /// <summary>At the end of the blocks comes another one, as what was given out last may not be stored yet; only when there is none it begins again.</summary>
    private string NextAddress()
    {
        var used = UsedAddresses();
        for (var tried = 0; tried <= blocks.Count * AddressBlock.Hosts; tried++)
        {
            if (lastHost + 1 >= blocks.Count * AddressBlock.Hosts && NextBlock() is { } fresh)
            {
                blocks.Add(fresh);
            }
            lastHost = (lastHost + 1) % (blocks.Count * AddressBlock.Hosts);
            var (block, host) = Math.DivRem(lastHost, AddressBlock.Hosts);
            if (host > 0 && blocks[block].Address(host).ToString() is var candidate && !used.Contains(candidate))
            {
                return candidate;
            }
        }
        throw StatusErrors.Internal("failed to allocate a serviceIP: range is full");
    }

    private AddressBlock? NextBlock() => AddressBlock.Claim(Network, random) ?? (blocks.Count == 0 ? AddressBlock.Unclaimed(Network, random) : null);

    private void NodePorts(JsonObject spec)
    {
        lastPort = lastPort == 0 ? FirstPort - 1 + (blocks.Count == 0 ? 0 : blocks[0].Number * PortsOfBlock) : lastPort;
        var used = Services().SelectMany(other => other.Items("spec", "ports")).Select(port => port.Number("nodePort")).ToHashSet();
        foreach (var port in spec.Items("ports").Where(port => port.Number("nodePort") is null or 0))
        {
            do
            {
                lastPort = lastPort >= LastPort ? FirstPort : lastPort + 1;
            }
            while (used.Contains(lastPort));
            port["nodePort"] = lastPort;
        }
    }

    private HashSet<string> UsedAddresses()
    {
        var services = api.Resources.Find("", "v1", "services")!;
        return [.. api.Store.List(services.StorageResource).Objects().Select(stored => Selectors.ObjectAttributes.Of(stored, services).Field("spec.clusterIP"))];
    }

    private IEnumerable<JsonObject> Services() => api.Store.List("services").Objects().Select(stored => Metadata.Tree(stored.Value));
}
