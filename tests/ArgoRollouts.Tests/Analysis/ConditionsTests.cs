using ArgoRollouts.Analysis;
using ArgoRollouts.Analysis.Expressions;
using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Models;
using Microsoft.Extensions.Time.Testing;

namespace ArgoRollouts.Tests.Analysis;

/// <summary>Facts of upstream's utils/evaluate/evaluate_test.go.</summary>
public sealed class ConditionsTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("true", "false", "Successful")]
    [InlineData("true", "true", "Failed")]
    [InlineData("false", "true", "Failed")]
    [InlineData("false", "false", "Inconclusive")]
    [InlineData("", "false", "Successful")]
    [InlineData(null, "true", "Failed")]
    [InlineData("false", null, "Failed")]
    [InlineData("true", "", "Successful")]
    [InlineData("", "", "Successful")]
    public void Two_conditions_make_the_phase(string? success, string? failure, string expected) =>
        Conditions.Judge(true, new Metric { SuccessCondition = success, FailureCondition = failure }, Time).Should().Be(expected);

    [Theory]
    [InlineData("a == true", "true", "unknown name a")]
    [InlineData("true", "a == true", "unknown name a")]
    [InlineData("1", null, "expected bool, but got int")]
    [InlineData("result.Name() == 'hi'", null, "type bool[string] is undefined")]
    [InlineData("len", null, "expected bool, but got <nil>")]
    [InlineData("asInt('1')", null, "expected bool, but got int64")]
    public void A_condition_that_gives_no_answer_is_an_error(string success, string? failure, string message)
    {
        var judge = () => Conditions.Judge(true, new Metric { SuccessCondition = success, FailureCondition = failure }, Time);
        judge.Should().Throw<ExpressionException>().WithMessage(message);
    }

    public static TheoryData<object?, string, bool> Held => new()
    {
        { true, "result == true", true },
        { true, "result == false", false },
        { 5.0, "result > 1", true },
        { new[] { 2.0, 2.0 }, "2 in result", true },
        { new[] { 0.95 }, "result[0] >= 0.95", true },
        { new[] { 0.95 }, "isNaN(result[0]) || result[0] > 0.90", true },
        { new[] { double.NaN }, "isNaN(result[0]) || result[0] > 0.90", true },
        { new[] { double.NaN }, "result[0] > 0.90", false },
        { new[] { double.PositiveInfinity }, "isInf(result[0])", true },
        { Array.Empty<double>(), "len(result) == 0 || result[0] < 1", true },
        { Array.Empty<double>(), "len(result) == 0 || isNaN(result[0]) || result[0] >= 1", true },
        { GoJsonReader.Read("""{"service_apdex": {"label": null, "values": {"values": [2, 2]}}}"""), "all(result.service_apdex.values.values, {# > 1})", true },
        { GoJsonReader.Read("""{"ok": true, "successPercent": 0.95}"""), "result.ok && result.successPercent >= 0.90", true },
        { "1", "asInt(result) == 1", true },
        { (nint)1, "asInt(result) == 1", true },
        { 1.123, "asInt(result) == 1", true },
        { "1.1", "asFloat(result) == 1.1", true },
        { "1.1", "asFloat(result) <= 1.1", true },
        { (nint)1, "asFloat(result) >= 1", true },
        { null, "isNil(result)", true },
        { null, "default(result, 0) == 0", true },
        { null, "default(result, 5) > 1", true },
        { null, "result == nil", true },
        { 1.0, "isNil(result)", false },
        { 1.0, "default(result, 0) == 1", true },
        { false, "isNil(result)", false },
        { "blue", "result == 'blue'", true },
        { "blue", "result in ['blue', 'green']", true },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public void A_condition_sees_the_result(object? result, string condition, bool expected) =>
        Conditions.Holds(condition, result, Time).Should().Be(expected);

    [Theory]
    [InlineData("1.1", "asInt(result) == 1", "strconv.ParseInt: parsing \"1.1\": invalid syntax")]
    [InlineData("NotANum", "asFloat(result) == 1.1", "strconv.ParseFloat: parsing \"NotANum\": invalid syntax")]
    [InlineData("1.1", "asFloat(result) == \"1.1\"", "invalid operation: == (mismatched types float64 and string)")]
    [InlineData(true, "asInt(result) == 1", "asInt() not supported on bool true")]
    [InlineData(null, "asFloat(result) == 1", "asFloat() not supported on <nil> <nil>")]
    [InlineData(null, "result > 1", "invalid operation: > (mismatched types <nil> and int)")]
    [InlineData("a", "isNaN(result)", "cannot use string as argument (type float64) to call isNaN ")]
    public void A_value_that_the_condition_cannot_use_is_an_error(object? result, string condition, string message)
    {
        var holds = () => Conditions.Holds(condition, result, Time);
        holds.Should().Throw<ExpressionException>().WithMessage(message);
    }

    [Fact]
    public void A_time_is_computed_from_the_clock() =>
        Conditions.Time("now() - duration(\"1h\")", Time).Should().Be(Time.GetUtcNow().AddHours(-1));

    [Theory]
    [InlineData("hello", "unknown name hello")]
    [InlineData("\"hello\"", "expected time.Time, but got string")]
    [InlineData("result", "unknown name result")]
    public void What_is_no_time_is_refused(string expression, string message)
    {
        var time = () => Conditions.Time(expression, Time);
        time.Should().Throw<ExpressionException>().WithMessage(message);
    }
}
