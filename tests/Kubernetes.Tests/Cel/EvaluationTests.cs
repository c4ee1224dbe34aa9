using Kubernetes.Cel.Evaluation;
using Kubernetes.Cel.Syntax;
using Kubernetes.Cel.Values;

namespace Kubernetes.Tests.Cel;

/// <summary>What expressions come to: after the conformance tests of the CEL specification and the examples of Kubernetes' documentation of its libraries.</summary>
public sealed class EvaluationTests
{
    /// <summary>A file of expressions that are all true.</summary>
    public static TheoryData<string> True => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Cel", "true.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Theory, MemberData(nameof(True))]
    public void It_is_true(string expression) => Evaluate(expression).Should().Be(true);

    [Theory]
    [InlineData("1 / 0", "division by zero")]
    [InlineData("1u % 0u", "modulus by zero")]
    [InlineData("9223372036854775807 + 1", "integer overflow")]
    [InlineData("-(-9223372036854775808)", "integer overflow")]
    [InlineData("0u - 1u", "integer overflow")]
    [InlineData("[1, 2][2]", "index out of bounds: 2")]
    [InlineData("[1, 2][-1]", "index out of bounds: -1")]
    [InlineData("{'a': 1}.b", "no such key: b")]
    [InlineData("{'a': 1}['b']", "no such key: b")]
    [InlineData("{'a': 1, 'a': 2}", "insert failed: key a already exists")]
    [InlineData("1 + 1.0", "no such overload")]
    [InlineData("1 + 'a'", "no such overload")]
    [InlineData("!1", "no such overload")]
    [InlineData("true && 1 / 0 > 1", "division by zero")]
    [InlineData("[1, 0].all(x, 1 / x > 0)", "division by zero")]
    [InlineData("int('1x')", "strconv.ParseInt: parsing \"1x\": invalid syntax")]
    [InlineData("duration('1 hour')", "time: unknown unit \" hour\" in duration \"1 hour\"")]
    [InlineData("optional.none().value()", "optional.none() dereference")]
    [InlineData("'abc'.substring(2, 1)", "invalid substring range. start: 2, end: 1")]
    [InlineData("'abc'.charAt(4)", "index out of range: 4")]
    [InlineData("[].max()", "max called on empty list")]
    public void It_is_an_error(string expression, string error)
        => this.Invoking(_ => Evaluate(expression)).Should().Throw<CelException>().WithMessage(error);

    [Theory]
    [InlineData("1 +", "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting more\n | 1 +\n | ...^")]
    [InlineData("a b", "ERROR: <input>:1:3: Syntax error: extraneous input 'b'\n | a b\n | ..^")]
    [InlineData("true &&\n  )", "ERROR: <input>:2:3: Syntax error: extraneous input ')'\n |   )\n | ..^")]
    [InlineData("'abc", "*token recognition error*")]
    [InlineData("9223372036854775808", "*invalid int literal*")]
    [InlineData("'\\q'", "*invalid escape sequence*")]
    [InlineData("a # b", "*token recognition error at: '#'*")]
    [InlineData("has(a)", "*invalid argument to has() macro*")]
    [InlineData("[1].all(1, true)", "*argument is not an identifier*")]
    public void It_is_no_expression(string expression, string report)
        => this.Invoking(_ => Parser.Parse(expression)).Should().Throw<CelSyntaxException>().WithMessage(report);

    [Fact]
    public void Nesting_without_end_is_refused()
        => this.Invoking(_ => Parser.Parse(new string('(', 100_000))).Should().Throw<CelSyntaxException>().WithMessage("*recursion limit exceeded*");

    [Fact]
    public void An_evaluation_without_end_is_ended()
    {
        var loops = string.Concat(Enumerable.Range(0, 8).Select(i => $"lists.range(100).all(x{i}, ")) + "true" + new string(')', 8);
        this.Invoking(_ => Evaluate(loops)).Should().Throw<CelException>().WithMessage("running out of cost budget");
    }

    private static object? Evaluate(string expression) => new Evaluator(new Budget(100_000)).Evaluate(Parser.Parse(expression), null);
}
