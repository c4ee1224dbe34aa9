using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;
using static Architecture.Tests.Workflows.Workflow;

namespace Architecture.Tests.Workflows;

/// <summary>What <c>${{ … }}</c> and <c>if:</c> may name (docs.github.com, "Contexts", "Expressions"): a wrong name is an empty text at run time, and no error.</summary>
internal static partial class ExpressionRules
{
    private static readonly string[] Contexts = ["github", "env", "vars", "job", "steps", "runner", "secrets", "strategy", "matrix", "needs", "inputs"];

    private static readonly string[] Functions =
        ["contains", "startsWith", "endsWith", "format", "join", "toJSON", "fromJSON", "hashFiles", "success", "always", "cancelled", "failure"];

    /// <param name="workflow">The workflow.</param>
    /// <param name="matrixKeys">Output that a matrix is read from → the keys of its entries.</param>
    public static IEnumerable<string> Broken(Workflow workflow, IReadOnlyDictionary<string, IReadOnlyList<string>> matrixKeys) =>
        workflow.Jobs.SelectMany(job => OfAJob(workflow, job.Name, job.Job, matrixKeys));

    private static IEnumerable<string> OfAJob(Workflow workflow, string name, YamlMappingNode job, IReadOnlyDictionary<string, IReadOnlyList<string>> matrixKeys)
    {
        var expressions = Texts(job).SelectMany(text => Braces().Matches(text).Select(match => match.Groups["inner"].Value))
            .Concat(Steps(job).Append(job).Select(node => Scalar(node, "if")).OfType<string>());
        foreach (var expression in expressions.Select(expression => Quoted().Replace(expression, "''")))
        {
            foreach (var function in Function().Matches(expression).Select(match => match.Groups["name"].Value).Where(function => !Functions.Contains(function)))
            {
                yield return $"job {name}: {expression.Trim()}: there is no function {function}";
            }

            foreach (Match path in Path().Matches(expression))
            {
                if (Wrong(workflow, job, path.Value.Split('.'), matrixKeys) is { } wrong)
                {
                    yield return $"job {name}: {expression.Trim()}: {wrong}";
                }
            }
        }
    }

    private static string? Wrong(Workflow workflow, YamlMappingNode job, string[] path, IReadOnlyDictionary<string, IReadOnlyList<string>> matrixKeys) => path switch
    {
        [var context, ..] when !Contexts.Contains(context) => $"there is no context {context}",
        ["steps", var step, ..] when Steps(job).All(known => Scalar(known, "id") != step) => $"no step has the id {step}",
        ["needs", var needed, ..] when !Needs(job).Contains(needed) => $"the job does not need {needed}",
        ["needs", var needed, "outputs", var output] when Child(Map(workflow.Jobs.Single(other => other.Name == needed).Job, "outputs"), output) is null => $"job {needed} has no output {output}",
        ["inputs", var input, ..] when Child(workflow.Inputs, input) is null => $"there is no input {input}",
        ["matrix", var key, ..] when !MatrixKeys(job, matrixKeys).Contains(key) => $"the matrix has no {key}",
        _ => null,
    };

    private static IEnumerable<string> MatrixKeys(YamlMappingNode job, IReadOnlyDictionary<string, IReadOnlyList<string>> matrixKeys) => Child(Map(job, "strategy"), "matrix") switch
    {
        YamlMappingNode written => Entries(written).Select(entry => entry.Key),
        YamlScalarNode read when FromOutput().Match(read.Value!) is { Success: true } match && matrixKeys.TryGetValue(match.Groups["output"].Value, out var keys) => keys,
        _ => [],
    };

    [GeneratedRegex(@"\$\{\{(?<inner>.*?)\}\}", RegexOptions.Singleline, 1000)]
    private static partial Regex Braces();

    [GeneratedRegex("'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<name>[A-Za-z]\w*)\(", RegexOptions.None, 1000)]
    private static partial Regex Function();

    /// <summary>A name that is no function: with its fields.</summary>
    [GeneratedRegex(@"(?<![\w.-])(?!true\b|false\b|null\b)[A-Za-z_]\w*(\.[\w-]+)*(?![\w.(-])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"^\$\{\{ fromJSON\(needs\.\w+\.outputs\.(?<output>\w+)\) \}\}$", RegexOptions.None, 1000)]
    private static partial Regex FromOutput();
}
