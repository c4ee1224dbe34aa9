using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>Every pod may stay five minutes on a node that stopped answering (plugin/pkg/admission/defaulttolerationseconds).</summary>
internal static class PodDefaultsAdmission
{
    private const int TolerationSeconds = 300;

    private static readonly string[] NodeTroubles = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public static void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } pod, Request.Subresource: null } || !attributes.Is("", "pods"))
        {
            return;
        }
        var spec = pod.Sub("spec");
        foreach (var trouble in NodeTroubles.Where(trouble => !spec.Items("tolerations").Any(toleration => Tolerates(toleration, trouble))))
        {
            spec.Default("tolerations", new JsonArray());
            ((JsonArray)spec["tolerations"]!).Add((JsonNode)new JsonObject
            {
                ["key"] = trouble, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = TolerationSeconds,
            });
        }
    }

    private static bool Tolerates(JsonObject toleration, string key) =>
        (string.IsNullOrEmpty(toleration.Text("key")) || toleration.Text("key") == key) && toleration.Text("effect") is null or "" or "NoExecute";
}
