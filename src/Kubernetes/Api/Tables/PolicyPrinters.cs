using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Tables;

/// <summary>Columns of admission policies (kubernetes pkg/printers/internalversion).</summary>
internal static class PolicyPrinters
{
    private const string Unset = "<unset>";

    public static TablePrinter Policy { get; } = ClusterPrinters.Simple(
        ("Validations", policy => policy.Array("spec", "validations")?.Count ?? 0),
        ("ParamKind", policy => policy.Object("spec", "paramKind") is { } kind ? $"{kind.Text("apiVersion")}/{kind.Text("kind")}" : Unset));

    public static TablePrinter Binding { get; } = ClusterPrinters.Simple(
        ("PolicyName", binding => binding.Text("spec", "policyName") ?? ""),
        ("ParamRef", binding => ParamRef(binding.Object("spec", "paramRef"))));

    private static string ParamRef(JsonObject? reference) => reference switch
    {
        null => Unset,
        _ when reference.Text("name") is { Length: > 0 } name => $"{(reference.Text("namespace") is { Length: > 0 } space ? space : "*")}/{name}",
        _ => Validation.LabelSelectors.Text(reference["selector"]),
    };
}
