using System.Text.Json.Nodes;

namespace Kubernetes.Api.Admission;

/// <summary>A write on its way to the store, as an admission webhook would see it (admission/v1 AdmissionRequest).</summary>
/// <param name="User">Who writes, e.g. <c>system:serviceaccount:argo-rollouts:argo-rollouts</c>.</param>
/// <param name="Operation"><c>CREATE</c> or <c>UPDATE</c>.</param>
/// <param name="GroupResource">E.g. <c>services</c>, <c>rollouts.argoproj.io</c>.</param>
/// <param name="Subresource">E.g. <c>status</c>, or null.</param>
/// <param name="Namespace">Empty for cluster-scoped objects.</param>
/// <param name="Name">Empty when the server is to make one.</param>
/// <param name="Object">The object that would be stored; a plugin changes it in place.</param>
/// <param name="OldObject">What it replaces, or null. Not to be changed.</param>
public sealed record AdmissionReview(
    string User, string Operation, string GroupResource, string? Subresource, string Namespace, string Name, JsonObject Object, JsonObject? OldObject);

/// <summary>A mutating admission plugin in this process: the same place as a mutating webhook, without HTTP.</summary>
public interface IAdmissionPlugin
{
    /// <summary>Looks at every create and update, and may change the object.</summary>
    void Mutate(AdmissionReview review);
}
