using System.Text.Json.Nodes;
using Kubernetes.Api.Registry;

namespace Kubernetes.Api.Admission;

/// <summary>What admission looks at: the request, its operation (CREATE, UPDATE, DELETE), the object and what it replaces.</summary>
internal sealed record AdmissionAttributes(WriteRequest Request, string Operation, JsonObject? Object, JsonObject? OldObject)
{
    public bool Is(string group, string plural) => Request.Resource.Group == group && Request.Resource.Plural == plural;
}
