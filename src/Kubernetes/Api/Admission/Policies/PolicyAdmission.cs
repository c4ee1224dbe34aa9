using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Registry;
using Kubernetes.Api.Schemas.Rules;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>
/// ValidatingAdmissionPolicies: every policy that a binding brings to a write is evaluated, the first denial is answered (apiserver
/// admission/plugin/policy/validating/dispatcher.go).
/// </summary>
internal sealed class PolicyAdmission(ApiContext api)
{
    private const string Policies = "admissionregistration.k8s.io/validatingadmissionpolicies";
    private const string Bindings = "admissionregistration.k8s.io/validatingadmissionpolicybindings";

    private readonly Lock gate = new();
    private IReadOnlyList<AdmissionPolicy> known = [];
    private long knownAt;

    /// <exception cref="ApiException">A policy denies the write.</exception>
    public void Validate(AdmissionAttributes attributes)
    {
        // policies are never subject to policies, or nobody could repair them
        if (attributes.Request.Resource.Group == "admissionregistration.k8s.io")
        {
            return;
        }
        var surroundings = new AdmissionSurroundings(api, attributes);
        var denials = new List<ApiException>();
        foreach (var policy in Known())
        {
            denials.AddRange(Denials(policy, attributes, surroundings));
        }
        if (denials.Count > 0)
        {
            throw denials[0];
        }
    }

    private IReadOnlyList<AdmissionPolicy> Known()
    {
        var changed = api.Store.LastChange(Policies, Bindings);
        lock (gate)
        {
            if (changed != knownAt)
            {
                var bindings = api.Store.List(Bindings).Objects().Select(stored => Metadata.Tree(stored.Value)).ToList();
                known = [.. api.Store.List(Policies).Objects().Select(stored => AdmissionPolicy.From(Metadata.Tree(stored.Value), bindings)).Where(policy => policy.Bindings.Count > 0)];
                knownAt = changed;
            }
            return known;
        }
    }

    private IEnumerable<ApiException> Denials(AdmissionPolicy policy, AdmissionAttributes attributes, AdmissionSurroundings surroundings)
    {
        if (policy.Constraints.Match(attributes, surroundings) is not { } seen)
        {
            yield break;
        }
        var kind = policy.ParamKind is { } paramKind ? PolicyParams.Kind(api, paramKind) : null;
        if (policy.ParamKind is not null && kind is null)
        {
            if (policy.FailOnError)
            {
                yield return Denied(policy, null, attributes, new PolicyFailure($"failed to configure policy: failed to find resource referenced by paramKind: '{Shown(policy.ParamKind)}'"));
            }
            yield break;
        }
        foreach (var binding in policy.Bindings.Where(binding => binding.Match?.MatchesAny(attributes, surroundings) != false))
        {
            var (parameters, error) = PolicyParams.Collect(api, kind, binding.ParamRef, attributes.Request.Resource.Namespaced ? attributes.Request.Namespace : "");
            if (error is not null && policy.FailOnError)
            {
                yield return Denied(policy, binding, attributes, new PolicyFailure($"failed to configure binding: {error}"));
            }
            foreach (var parameter in parameters)
            {
                var scope = AdmissionScope.Of(api, attributes, seen, surroundings.Namespace).With("params", SchemaValue.Of(parameter, null));
                foreach (var failure in PolicyEvaluation.Failures(policy, scope))
                {
                    if (failure.Always || binding.Actions.Contains("Deny"))
                    {
                        yield return Denied(policy, binding, attributes, failure);
                    }
                    else if (binding.Actions.Contains("Warn"))
                    {
                        attributes.Request.Warn($"Validation failed for ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}': {failure.Message}");
                    }
                }
            }
        }
    }

    private static string Shown(JsonObject paramKind)
    {
        var version = paramKind.Text("apiVersion") ?? "";
        var slash = version.IndexOf('/');
        return $"{(slash < 0 ? "" : version[..slash])}/{version[(slash + 1)..]}, Kind={paramKind.Text("kind")}";
    }

    private static ApiException Denied(AdmissionPolicy policy, PolicyBinding? binding, AdmissionAttributes attributes, PolicyFailure failure)
    {
        var by = binding is null ? "" : $" with binding '{binding.Name}'";
        var message = $"ValidatingAdmissionPolicy '{policy.Name}'{by} denied request: {failure.Message}";
        var forbidden = StatusErrors.Forbidden(attributes.Request.Resource, attributes.Request.Name, message, new JsonArray(new JsonObject { ["message"] = message }));
        var code = failure.Reason switch { "Forbidden" => 403, "RequestEntityTooLarge" => 413, _ => 422 };
        return new ApiException(code, failure.Reason, forbidden.Message, forbidden.Details);
    }
}
