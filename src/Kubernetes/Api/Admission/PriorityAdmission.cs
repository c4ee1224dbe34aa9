using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission;

/// <summary>Gives pods the number that their PriorityClass stands for; at most one class is the default (kubernetes plugin/pkg/admission/priority).</summary>
internal sealed class PriorityAdmission(ApiContext api)
{
    private const string Classes = "scheduling.k8s.io/priorityclasses";
    private const string Preempts = "PreemptLowerPriority";

    public void Admit(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE", Object: { } pod, Request: { Subresource: null } request } || !attributes.Is("", "pods"))
        {
            return;
        }
        var spec = pod.Sub("spec");
        var found = Class(request, spec);
        var priority = found.Number("value") ?? 0;
        var preemption = found.Text("preemptionPolicy") ?? Preempts;
        if (spec.Number("priority") is { } number && number != priority)
        {
            throw Forbidden(request, $"the integer value of priority ({number}) must not be provided in pod spec; priority admission controller computed {priority} from the given PriorityClass name");
        }
        if (spec.Text("preemptionPolicy") is { } policy && policy != preemption)
        {
            throw Forbidden(request, $"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {preemption} from the given PriorityClass name");
        }
        spec["priority"] = priority;
        spec["preemptionPolicy"] = preemption;
    }

    /// <summary>A second default is refused.</summary>
    public void Validate(AdmissionAttributes attributes)
    {
        if (attributes is not { Operation: "CREATE" or "UPDATE", Object: { } sent } || !attributes.Is("scheduling.k8s.io", "priorityclasses") || sent.Flag("globalDefault") != true)
        {
            return;
        }
        var name = sent.Text("metadata", "name");
        if (Defaults().Select(other => other.Text("metadata", "name")).FirstOrDefault(other => other != name) is { } present)
        {
            throw Forbidden(attributes.Request, $"PriorityClass {present} is already marked as default. Only one default can exist");
        }
    }

    private JsonObject? Class(WriteRequest request, JsonObject spec)
    {
        if (spec.Text("priorityClassName") is not { Length: > 0 } name)
        {
            var chosen = Defaults().OrderBy(found => found.Number("value")).FirstOrDefault();
            if (chosen is not null)
            {
                spec["priorityClassName"] = chosen.Text("metadata", "name");
            }
            return chosen;
        }
        return api.Store.Find(new(Classes, "", name)) is { } stored
            ? Metadata.Tree(stored.Value)
            : throw Forbidden(request, $"no PriorityClass with name {name} was found");
    }

    private IEnumerable<JsonObject> Defaults() =>
        api.Store.List(Classes).Objects().Select(stored => Metadata.Tree(stored.Value)).Where(found => found.Flag("globalDefault") == true);

    private static ApiException Forbidden(WriteRequest request, string why) => StatusErrors.Forbidden(request.Resource, request.Name, why);
}
