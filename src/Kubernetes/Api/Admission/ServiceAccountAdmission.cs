using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>Pods without a service account run as "default" (kubernetes plugin/pkg/admission/serviceaccount).</summary>
internal static class ServiceAccountAdmission
{
    public static void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } pod, Request.Subresource: null } || !attributes.Is("", "pods"))
        {
            return;
        }
        var spec = pod.Sub("spec");
        if (string.IsNullOrEmpty(spec.Text("serviceAccountName")))
        {
            spec["serviceAccountName"] = "default";
            spec["serviceAccount"] = "default";
        }
    }
}
