using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Defaulting;

/// <summary>What a pod spec says when it says nothing (kubernetes pkg/apis/core/v1/defaults.go).</summary>
internal static class PodDefaults
{
    private const int FileMode = 420; // 0644

    public static void Template(JsonObject spec)
    {
        if (spec["template"] is JsonObject template)
        {
            Spec(template.Sub("spec"));
        }
    }

    public static void Pod(JsonObject pod)
    {
        var spec = pod.Sub("spec");
        Spec(spec);
        spec.Default("enableServiceLinks", true);
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")))
        {
            RequestsFromLimits(container);
        }
    }

    public static void Spec(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("schedulerName", "default-scheduler");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Sub("securityContext");
        HostPorts(spec);
        // the deprecated alias follows the field that replaced it
        var account = spec.Text("serviceAccountName") ?? spec.Text("serviceAccount");
        if (!string.IsNullOrEmpty(account))
        {
            spec["serviceAccountName"] = account;
            spec["serviceAccount"] = account;
        }
        foreach (var container in spec.Items("containers").Concat(spec.Items("initContainers")).Concat(spec.Items("ephemeralContainers")))
        {
            Container(container);
        }
        foreach (var volume in spec.Items("volumes"))
        {
            Volume(volume);
        }
    }

    private static void Container(JsonObject container)
    {
        container.Default("imagePullPolicy", IsLatest(container.Text("image") ?? "") ? "Always" : "IfNotPresent");
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Sub("resources");
        foreach (var port in container.Items("ports"))
        {
            port.Default("protocol", "TCP");
        }
        foreach (var variable in container.Items("env"))
        {
            variable.Object("valueFrom", "fieldRef")?.Default("apiVersion", "v1");
        }
        foreach (var probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container[probe] is JsonObject settings)
            {
                Probe(settings);
            }
        }
        foreach (var hook in (string[])["postStart", "preStop"])
        {
            HttpGet(container.Object("lifecycle", hook, "httpGet"));
        }
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        HttpGet(probe.Object("httpGet"));
        probe.Object("grpc")?.Default("service", "");
    }

    private static void HttpGet(JsonObject? action)
    {
        action?.Default("path", "/");
        action?.Default("scheme", "HTTP");
    }

    private static void Volume(JsonObject volume)
    {
        foreach (var source in (string[])["secret", "configMap", "downwardAPI", "projected"])
        {
            volume.Object(source)?.Default("defaultMode", FileMode);
        }
        volume.Object("hostPath")?.Default("type", "");
        foreach (var source in volume.Items("projected", "sources"))
        {
            source.Object("serviceAccountToken")?.Default("expirationSeconds", 3600);
        }
        foreach (var item in volume.Items("downwardAPI", "items").Concat(volume.Items("projected", "sources").SelectMany(source => source.Items("downwardAPI", "items"))))
        {
            item.Object("fieldRef")?.Default("apiVersion", "v1");
        }
        if (volume.Count == 1 && volume.ContainsKey("name"))
        {
            volume["emptyDir"] = new JsonObject();
        }
    }

    /// <summary>On the host's network a container's port is the host's.</summary>
    private static void HostPorts(JsonObject spec)
    {
        if (spec.Flag("hostNetwork") == true)
        {
            foreach (var port in spec.Items("containers").Concat(spec.Items("initContainers")).SelectMany(container => container.Items("ports")))
            {
                port.Default("hostPort", port["containerPort"]?.DeepClone());
            }
        }
    }

    private static void RequestsFromLimits(JsonObject container)
    {
        if (container.Object("resources", "limits") is { } limits)
        {
            var requests = container.Sub("resources").Sub("requests");
            foreach (var (name, value) in limits)
            {
                requests.Default(name, value?.DeepClone());
            }
        }
    }

    private static bool IsLatest(string image)
    {
        if (image.Contains('@'))
        {
            return false;
        }
        var tag = image.LastIndexOf(':');
        return tag <= image.LastIndexOf('/') || image[(tag + 1)..] == "latest";
    }
}
