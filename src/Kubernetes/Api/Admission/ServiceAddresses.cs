using System.Net;
using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>
/// Gives Services their cluster IP (127.65.0.0/16, so that it is reachable on loopback) and node ports (30000-32767).
/// Candidates rise, so that two requests at once never get the same; what stored services use is skipped. They begin somewhere,
/// so that clusters on one machine rarely want the same.
/// </summary>
internal sealed class ServiceAddresses(ApiContext api, Random random)
{
    private const int FirstPort = 30000;
    private const int LastPort = 32767;
    private const uint Network = 0x7F410000;
    private const uint LastHost = 0xFFFE;

    private readonly Lock gate = new();
    private uint lastHost = (uint)random.Next(256) << 8;
    private int lastPort = random.Next(FirstPort - 1, LastPort);

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

    private string NextAddress()
    {
        var used = UsedAddresses();
        for (uint tried = 0; tried < LastHost; tried++)
        {
            lastHost = lastHost % LastHost + 1;
            var candidate = new IPAddress(BitConverter.GetBytes(IPAddress.HostToNetworkOrder((int)(Network + lastHost)))).ToString();
            if (!used.Contains(candidate))
            {
                return candidate;
            }
        }
        throw StatusErrors.Internal("failed to allocate a serviceIP: range is full");
    }

    private void NodePorts(JsonObject spec)
    {
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
