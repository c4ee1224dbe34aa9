using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Columns of admission policies (kubernetes pkg/printers/internalversion).</summary>
internal static class PolicyPrinters
{
    private const string Unset = "<unset>";

    public static TablePrinter Policy { get; } = new(
        [TableColumn.ObjectName, new("Validations", "integer"), new("ParamKind"), TableColumn.Age],
        (policy, now) => [policy.Text("metadata", "name"), policy.Array("spec", "validations")?.Count ?? 0, ParamKind(policy.Object("spec", "paramKind")), HumanDuration.Age(policy, now)]);

    public static TablePrinter Binding { get; } = new(
        [TableColumn.ObjectName, new("PolicyName"), new("ParamRef"), TableColumn.Age],
        (binding, now) => [binding.Text("metadata", "name"), binding.Text("spec", "policyName"), ParamRef(binding.Object("spec", "paramRef")), HumanDuration.Age(binding, now)]);

    private static string ParamKind(JsonObject? kind) => kind is null ? Unset : $"{kind.Text("apiVersion")}/{kind.Text("kind")}";

    private static string ParamRef(JsonObject? reference) => reference switch
    {
        null => Unset,
        _ when reference.Text("name") is { Length: > 0 } name => $"{(reference.Text("namespace") is { Length: > 0 } space ? space : "*")}/{name}",
        _ => Validation.LabelSelectors.Text(reference["selector"]),
    };
}
