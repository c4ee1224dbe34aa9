using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;

namespace ArgoRollouts.Analysis;

/// <summary>Judges a measured value by the conditions of its metric (upstream's utils/evaluate).</summary>
public static class Conditions
{
    /// <summary>
    /// The phase of a measurement: Failed when the failure condition holds, Successful when the success condition holds, Inconclusive when
    /// neither does. With one condition only, what it does not say counts as the opposite; without any, every value is Successful.
    /// </summary>
    /// <param name="result">A value as <see cref="GoType"/> lists them.</param>
    /// <param name="metric">Carries the conditions.</param>
    /// <param name="time">What now() reads.</param>
    /// <exception cref="ExpressionException">A condition does not compile, fails, or is not of bool; upstream records an Error.</exception>
    public static string Judge(object? result, Metric metric, TimeProvider time)
    {
        bool? success = string.IsNullOrEmpty(metric.SuccessCondition) ? null : Holds(metric.SuccessCondition, result, time);
        bool? failure = string.IsNullOrEmpty(metric.FailureCondition) ? null : Holds(metric.FailureCondition, result, time);
        return (success, failure) switch
        {
            (_, true) => AnalysisPhase.Failed,
            (true, _) or (null, _) => AnalysisPhase.Successful,
            (false, null) => AnalysisPhase.Failed,
            (false, false) => AnalysisPhase.Inconclusive,
        };
    }

    /// <summary>Whether the condition holds of the value, which it names "result".</summary>
    /// <exception cref="ExpressionException">See <see cref="Judge"/>; "expected bool, but got int" when it gives anything else.</exception>
    public static bool Holds(string condition, object? result, TimeProvider time) =>
        Expression.Evaluate(condition, ConditionFunctions.Environment(result), time) switch
        {
            bool holds => holds,
            var other => throw new ExpressionException($"expected bool, but got {GoType.NameOfValue(other)}"),
        };

    /// <summary>The time an expression gives, as in rangeQuery: now() - duration("1h").</summary>
    /// <exception cref="ExpressionException">"expected time.Time, but got string" when it gives anything else.</exception>
    public static DateTimeOffset Time(string expression, TimeProvider time) =>
        Expression.Evaluate(expression, ConditionFunctions.OfTimes, time) switch
        {
            DateTimeOffset moment => moment,
            var other => throw new ExpressionException($"expected time.Time, but got {GoType.NameOfValue(other)}"),
        };
}
