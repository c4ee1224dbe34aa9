using ArgoRollouts.Analysis.Expressions.Syntax;

namespace ArgoRollouts.Analysis.Expressions;

/// <summary>
/// An expression that does not parse, does not type-check or fails when it is evaluated. The message is upstream's, without the place,
/// which upstream leaves out of an AnalysisRun's status.
/// </summary>
public sealed class ExpressionException(string message, Location? location = null) : Exception(message)
{
    /// <summary>Where in the expression, when that is known.</summary>
    public Location? Location { get; } = location;
}
