using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Services, endpoints and ingresses (kubernetes pkg/printers).</summary>
internal static class NetworkPrinters
{
    private const int EndpointsShownMax = 3;

    public static TablePrinter Service { get; } = new(
        [TableColumn.ObjectName, new("Type"), new("Cluster-IP"), new("External-IP"), new("Port(s)"), TableColumn.Age, new("Selector", Priority: 1)],
        (s, now) =>
        [
            s.Text("metadata", "name"), s.Text("spec", "type"), s.Text("spec", "clusterIP") is { Length: > 0 } ip ? ip : "<none>", External(s), Ports(s),
            HumanDuration.Age(s, now), WorkloadPrinters.Labels(s.Object("spec", "selector")),
        ]);

    public static TablePrinter Endpoints { get; } = new(
        [TableColumn.ObjectName, new("Endpoints"), TableColumn.Age],
        (e, now) => [e.Text("metadata", "name"), Shown(Addresses(e)), HumanDuration.Age(e, now)]);

    public static TablePrinter EndpointSlice { get; } = new(
        [TableColumn.ObjectName, new("AddressType"), new("Ports"), new("Endpoints"), TableColumn.Age],
        (s, now) =>
        [
            s.Text("metadata", "name"), s.Text("addressType"),
            Shown(s.Items("ports").Select(port => port.Number("port")?.ToString() ?? "*"), "<unset>"),
            Shown(s.Items("endpoints").SelectMany(endpoint => endpoint.Texts("addresses")), "<unset>"),
            HumanDuration.Age(s, now),
        ]);

    public static TablePrinter Ingress { get; } = new(
        [TableColumn.ObjectName, new("Class"), new("Hosts"), new("Address"), new("Ports"), TableColumn.Age],
        (i, now) =>
        [
            i.Text("metadata", "name"), i.Text("spec", "ingressClassName") ?? i.At("metadata", "annotations", "kubernetes.io/ingress.class").Text() ?? "<none>",
            Hosts(i), Balancer(i, ","), i.Array("spec", "tls") is { Count: > 0 } ? "80, 443" : "80", HumanDuration.Age(i, now),
        ]);

    public static TablePrinter IngressClass { get; } = new(
        [TableColumn.ObjectName, new("Controller"), new("Parameters"), TableColumn.Age],
        (c, now) =>
        [
            c.Text("metadata", "name"), c.Text("spec", "controller"),
            c.Object("spec", "parameters") is { } p ? $"{p.Text("kind")}.{p.Text("apiGroup")}/{p.Text("name")}" : "<none>", HumanDuration.Age(c, now),
        ]);

    private static string External(JsonObject service)
    {
        var extra = service.Texts("spec", "externalIPs").ToList();
        switch (service.Text("spec", "type"))
        {
            case "ExternalName":
                return service.Text("spec", "externalName") ?? "<none>";
            case "LoadBalancer":
                var balancer = Balancer(service, ",");
                var all = balancer.Length > 0 ? [balancer, .. extra] : extra;
                return all.Count > 0 ? string.Join(',', all) : "<pending>";
            default:
                return extra.Count > 0 ? string.Join(',', extra) : "<none>";
        }
    }

    private static string Balancer(JsonObject document, string separator) =>
        string.Join(separator, document.Items("status", "loadBalancer", "ingress").Select(entry => entry.Text("ip") is { Length: > 0 } ip ? ip : entry.Text("hostname")));

    private static string Ports(JsonObject service)
    {
        var ports = service.Items("spec", "ports").Select(port => port.Number("nodePort") is > 0 and var node
            ? $"{port.Number("port")}:{node}/{port.Text("protocol")}"
            : $"{port.Number("port")}/{port.Text("protocol")}").ToList();
        return ports.Count > 0 ? string.Join(',', ports) : "<none>";
    }

    private static string Hosts(JsonObject ingress)
    {
        var hosts = ingress.Items("spec", "rules").Select(rule => rule.Text("host") is { Length: > 0 } host ? host : "*").ToList();
        return hosts.Count == 0 ? "*" : Shown(hosts, "*", ",");
    }

    private static IEnumerable<string> Addresses(JsonObject endpoints) =>
        from subset in endpoints.Items("subsets")
        let ports = subset.Items("ports").ToList()
        from address in subset.Items("addresses")
        from text in ports.Count == 0 ? [address.Text("ip") ?? ""] : ports.Select(port => $"{address.Text("ip")}:{port.Number("port")}")
        select text;

    private static string Shown(IEnumerable<string> values, string none = "<none>", string separator = ",")
    {
        var all = values.ToList();
        if (all.Count == 0)
        {
            return none;
        }
        var text = string.Join(separator, all.Take(EndpointsShownMax));
        return all.Count > EndpointsShownMax ? $"{text} + {all.Count - EndpointsShownMax} more..." : text;
    }
}
