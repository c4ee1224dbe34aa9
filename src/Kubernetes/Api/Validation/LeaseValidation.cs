using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Leases (kubernetes pkg/apis/coordination/validation).</summary>
internal static class LeaseValidation
{
    public static void Check(JsonObject lease, FieldErrors errors)
    {
        if (lease.Number("spec", "leaseDurationSeconds") is <= 0 and var duration)
        {
            errors.Invalid("spec.leaseDurationSeconds", duration, "must be greater than 0");
        }
        if (lease.Number("spec", "leaseTransitions") is < 0 and var transitions)
        {
            errors.Invalid("spec.leaseTransitions", transitions, "must be greater than or equal to 0");
        }
    }
}
