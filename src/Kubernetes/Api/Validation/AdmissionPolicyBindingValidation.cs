using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Resources;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>ValidatingAdmissionPolicyBindings (kubernetes pkg/apis/admissionregistration/validation).</summary>
internal static class AdmissionPolicyBindingValidation
{
    private static readonly string[] Actions = ["Audit", "Deny", "Warn"];

    public static void Check(JsonObject binding, FieldErrors errors)
    {
        var spec = binding.Sub("spec");
        if (spec.Text("policyName") is not { Length: > 0 } policy)
        {
            errors.Required("spec.policyName");
        }
        else if (Names.Problem(NameRule.DnsSubdomain, policy) is { } problem)
        {
            errors.Invalid("spec.policyName", policy, problem);
        }
        if (spec.Object("paramRef") is { } reference)
        {
            ParamRef(reference, errors);
        }
        if (spec.Object("matchResources") is { } match)
        {
            MatchResourcesValidation.Check(match, "spec.matchResources", errors);
        }
        ValidationActions(spec, errors);
    }

    private static void ParamRef(JsonObject reference, FieldErrors errors)
    {
        var (name, selector) = (reference.Text("name") ?? "", reference.Object("selector"));
        if (name.Length > 0 && Names.Problem(NameRule.PathSegment, name) is { } problem)
        {
            errors.Invalid("spec.paramRef.name", name, problem);
        }
        if (name.Length > 0 && selector is not null)
        {
            errors.Forbidden("spec.paramRef.name", "name and selector are mutually exclusive");
            errors.Forbidden("spec.paramRef.selector", "name and selector are mutually exclusive");
        }
        if (name.Length == 0 && selector is null)
        {
            errors.Required("spec.paramRef", "one of name or selector must be specified");
        }
        switch (reference.Text("parameterNotFoundAction"))
        {
            case null or "":
                errors.Required("spec.paramRef.parameterNotFoundAction");
                break;
            case var action and not ("Deny" or "Allow"):
                errors.NotSupported("spec.paramRef.parameterNotFoundAction", action, "Deny", "Allow");
                break;
        }
    }

    private static void ValidationActions(JsonObject spec, FieldErrors errors)
    {
        var actions = spec.Texts("validationActions").ToList();
        for (var i = 0; i < actions.Count; i++)
        {
            if (!Actions.Contains(actions[i]))
            {
                errors.NotSupported($"spec.validationActions[{i}]", actions[i], Actions);
            }
            if (actions.IndexOf(actions[i]) < i)
            {
                errors.Duplicate($"spec.validationActions[{i}]", actions[i]);
            }
        }
        if (actions.Contains("Deny") && actions.Contains("Warn"))
        {
            errors.Invalid(
                "spec.validationActions", spec["validationActions"],
                "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        }
        if (actions.Count == 0)
        {
            errors.Required("spec.validationActions", "at least one validation action is required");
        }
    }
}
