using System.Text.Json.Nodes;
using Kubernetes.Api.Wire;
using Kubernetes.Cel.Checking;
using Kubernetes.Cel.Syntax;

namespace Kubernetes.Api.Schemas.Rules;

/// <summary>One entry of x-kubernetes-validations, parsed.</summary>
/// <param name="Rule">What has to hold.</param>
/// <param name="Message">An expression for the message; null: none.</param>
/// <param name="UsesOldSelf">It is about a change: it does not hold for what is new, unless <c>optionalOldSelf</c> is set.</param>
internal sealed record CompiledRule(Expression Rule, Expression? Message, bool UsesOldSelf)
{
    /// <exception cref="CelSyntaxException">One of its expressions is none.</exception>
    public static CompiledRule Of(JsonObject rule)
    {
        var expression = Parser.Parse(rule.Text("rule") ?? "");
        var message = rule.Text("messageExpression") is { Length: > 0 } text ? Parser.Parse(text) : null;
        return new CompiledRule(expression, message, Names.Free(expression).Contains("oldSelf"));
    }
}
