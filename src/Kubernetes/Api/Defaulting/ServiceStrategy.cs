using System.Text.Json.Nodes;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Validation;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>Services. Addresses and node ports are given out by <see cref="Admission.ServiceAddresses"/>.</summary>
internal static class ServiceStrategy
{
    public static ResourceStrategy Strategy { get; } = new()
    {
        Default = Default,
        PrepareForCreate = service => service["status"] = new JsonObject { ["loadBalancer"] = new JsonObject() },
        PrepareForUpdate = KeepAllocations,
        Validate = NetworkValidation.Service,
        ValidateUpdate = NetworkValidation.ServiceUpdate,
        FieldNames = ["spec.clusterIP", "spec.type"],
        Fields = service => [("spec.clusterIP", service.Text("spec", "clusterIP") ?? ""), ("spec.type", service.Text("spec", "type") ?? "")],
        AllowCreateOnUpdate = true,
        ReturnsDeletedObject = true,
        Names = NameRule.Dns1035Label,
    };

    private static void Default(JsonObject service)
    {
        var spec = service.Sub("spec");
        spec.Default("type", "ClusterIP");
        spec.Default("sessionAffinity", "None");
        if (spec.Text("sessionAffinity") == "ClientIP")
        {
            spec.Sub("sessionAffinityConfig").Sub("clientIP").Default("timeoutSeconds", 10800);
        }
        var type = spec.Text("type");
        if (type is "NodePort" or "LoadBalancer")
        {
            spec.Default("externalTrafficPolicy", "Cluster");
        }
        if (type is "LoadBalancer")
        {
            spec.Default("allocateLoadBalancerNodePorts", true);
        }
        if (type is not "ExternalName")
        {
            spec.Default("internalTrafficPolicy", "Cluster");
            spec.Default("ipFamilies", new JsonArray("IPv4"));
            spec.Default("ipFamilyPolicy", "SingleStack");
        }
        foreach (var port in spec.Items("ports"))
        {
            port.Default("protocol", "TCP");
            port.Default("targetPort", port["port"]?.DeepClone());
        }
    }

    /// <summary>What was given out stays when an update does not mention it (kubernetes pkg/registry/core/service patchAllocatedValues).</summary>
    private static void KeepAllocations(JsonObject service, JsonObject old)
    {
        var spec = service.Sub("spec");
        var before = old.Object("spec") ?? [];
        if (spec.Text("type") is "ExternalName")
        {
            return;
        }
        foreach (var field in (string[])["clusterIP", "clusterIPs"])
        {
            if (before.Text("type") is not "ExternalName")
            {
                spec.Default(field, before[field]?.DeepClone());
            }
        }
        if (spec.Text("type") is not ("NodePort" or "LoadBalancer"))
        {
            return;
        }
        foreach (var port in spec.Items("ports"))
        {
            var same = before.Items("ports").FirstOrDefault(other => other["port"].SameAs(port["port"]) && other["protocol"].SameAs(port["protocol"]));
            port.Default("nodePort", same?["nodePort"]?.DeepClone());
            if (port["nodePort"] is null)
            {
                port.Remove("nodePort");
            }
        }
    }
}
