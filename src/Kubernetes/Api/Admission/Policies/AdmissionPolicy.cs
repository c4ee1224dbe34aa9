using System.Text.Json.Nodes;
using Kubernetes.Api.Admission.Expressions;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Syntax;

namespace Kubernetes.Api.Admission.Policies;

/// <summary>A ValidatingAdmissionPolicy with its bindings, its expressions parsed.</summary>
internal sealed record AdmissionPolicy(string Name, JsonObject Spec, IReadOnlyList<PolicyBinding> Bindings)
{
    public bool FailOnError { get; } = Spec.Text("failurePolicy") != "Ignore";

    public MatchResources Constraints { get; } = MatchResources.OfPolicy(Spec.Object("matchConstraints") ?? []);

    public MatchConditions Conditions { get; } = MatchConditions.From(Spec.Items("matchConditions"));

    /// <summary>In their order: each may use those before it.</summary>
    public IReadOnlyList<(string Name, Expression Expression)> Variables { get; } =
        [.. Spec.Items("variables").Select(variable => (variable.Text("name") ?? "", Parser.Parse(variable.Text("expression") ?? "")))];

    public IReadOnlyList<PolicyValidation> Validations { get; } = [.. Spec.Items("validations").Select(PolicyValidation.From)];

    public IReadOnlyList<(string Text, Expression Expression)> AuditAnnotations { get; } =
        [.. Spec.Items("auditAnnotations").Select(annotation => annotation.Text("valueExpression") ?? "").Select(text => (text, Parser.Parse(text)))];

    public JsonObject? ParamKind => Spec.Object("paramKind");

    public static AdmissionPolicy From(JsonObject policy, IEnumerable<JsonObject> bindings)
    {
        var name = policy.Text("metadata", "name") ?? "";
        return new AdmissionPolicy(name, policy.Sub("spec"), [.. bindings.Where(binding => binding.Text("spec", "policyName") == name).Select(PolicyBinding.From)]);
    }
}

/// <summary>One of a policy's validations.</summary>
internal sealed record PolicyValidation(string Text, Expression Expression, Expression? MessageExpression, string? Message, string Reason)
{
    public static PolicyValidation From(JsonObject validation)
    {
        var text = validation.Text("expression") ?? "";
        var message = validation.Text("messageExpression") is { } words && words.Trim().Length > 0 ? Parser.Parse(words) : null;
        return new PolicyValidation(text, Parser.Parse(text), message, validation.Text("message"), validation.Text("reason") ?? "Invalid");
    }
}

/// <summary>Where a policy applies, with which parameters, and what follows when it is not met.</summary>
internal sealed record PolicyBinding(string Name, MatchResources? Match, JsonObject? ParamRef, IReadOnlyList<string> Actions)
{
    public static PolicyBinding From(JsonObject binding) => new(
        binding.Text("metadata", "name") ?? "",
        binding.Object("spec", "matchResources") is { } match ? MatchResources.OfPolicy(match) : null,
        binding.Object("spec", "paramRef"),
        [.. binding.Texts("spec", "validationActions")]);
}
