using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Limits;

/// <summary>A namespace's LimitRanges: they give containers requests and limits, and refuse what is out of range (kubernetes plugin/pkg/admission/limitranger).</summary>
internal sealed class LimitRanger(ApiContext api)
{
    public void Mutate(AdmissionAttributes attributes)
    {
        if (IsNew(attributes, "pods") && Limits(attributes) is { Count: > 0 } limits)
        {
            LimitDefaults.Apply(attributes.Object!, limits);
        }
    }

    /// <summary>Pods when they are made, claims whenever they are written: a pod's resources change only through its own subresource.</summary>
    public void Validate(AdmissionAttributes attributes)
    {
        var isClaim = attributes is { Operation: "CREATE" or "UPDATE", Object: not null, Request.Subresource: null } && attributes.Is("", "persistentvolumeclaims");
        if ((!isClaim && !IsNew(attributes, "pods")) || Limits(attributes) is not { Count: > 0 } limits)
        {
            return;
        }
        var problems = isClaim ? LimitRules.OfClaim(attributes.Object!, limits) : LimitRules.OfPod(attributes.Object!, limits);
        if (problems.Count > 0)
        {
            var why = problems.Count == 1 ? problems[0] : $"[{string.Join(", ", problems)}]";
            throw StatusErrors.Forbidden(attributes.Request.Resource, attributes.Request.Name, why);
        }
    }

    private static bool IsNew(AdmissionAttributes attributes, string plural) =>
        attributes is { Operation: "CREATE", Object: not null, Request.Subresource: null } && attributes.Is("", plural);

    private List<JsonObject> Limits(AdmissionAttributes attributes) =>
        [.. api.Store.List("limitranges").Objects(attributes.Request.Namespace).SelectMany(stored => Metadata.Tree(stored.Value).Items("spec", "limits"))];
}
