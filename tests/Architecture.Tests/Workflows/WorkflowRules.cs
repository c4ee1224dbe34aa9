using System.Globalization;
using System.Text.RegularExpressions;
using Cronos;
using YamlDotNet.RepresentationModel;
using static Architecture.Tests.Workflows.Workflow;

namespace Architecture.Tests.Workflows;

/// <summary>What a workflow has to keep: actionlint's rules as far as these workflows need them, and this project's own on pins, permissions and time-outs.</summary>
internal static partial class WorkflowRules
{
    private static readonly string[] OfWorkflow = ["name", "on", "permissions", "concurrency", "jobs", "env", "defaults", "run-name"];

    private static readonly string[] OfJob =
        ["name", "needs", "if", "runs-on", "timeout-minutes", "permissions", "outputs", "strategy", "steps", "env", "defaults", "concurrency", "continue-on-error", "container", "services", "environment"];

    private static readonly string[] OfStep = ["id", "name", "if", "uses", "with", "run", "env", "shell", "working-directory", "timeout-minutes", "continue-on-error"];

    private static readonly string[] Scopes =
        ["actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "packages", "pages", "pull-requests", "security-events", "statuses"];

    /// <summary>What is wrong, a line each; none when all is well.</summary>
    public static IEnumerable<string> Broken(Workflow workflow) =>
        [
            .. Unknown("the workflow", workflow.Root, OfWorkflow),
            .. Permissions("the workflow", workflow.Root),
            .. Child(workflow.Root, "concurrency") is null ? ["the workflow has no concurrency group"] : Array.Empty<string>(),
            .. Schedules(workflow),
            .. Pins(workflow.Text),
            .. workflow.Jobs.SelectMany(job => OfAJob(workflow, job.Name, job.Job)),
        ];

    private static IEnumerable<string> OfAJob(Workflow workflow, string name, YamlMappingNode job)
    {
        var who = $"job {name}";
        var jobs = workflow.Jobs.Select(other => other.Name).ToList();
        return
        [
            .. Unknown(who, job, OfJob),
            .. Permissions(who, job),
            .. Child(job, "runs-on") is null ? [$"{who} has no runs-on"] : Array.Empty<string>(),
            .. Needs(job).Where(need => !jobs.Contains(need)).Select(need => $"{who} needs {need}, which is no job"),
            .. Needs(job).Where(need => jobs.Contains(need) && jobs.IndexOf(need) >= jobs.IndexOf(name)).Select(need => $"{who} needs {need}, which stands after it"),
            .. Timeouts(who, job),
            .. Steps(job).SelectMany((step, index) => OfAStep($"{who}, step {(index + 1).ToString(CultureInfo.InvariantCulture)}", step)),
        ];
    }

    private static IEnumerable<string> OfAStep(string who, YamlMappingNode step) =>
        [
            .. Unknown(who, step, OfStep),
            .. Child(step, "run") is null == Child(step, "uses") is null ? [$"{who} must have either run or uses"] : Array.Empty<string>(),
            // what others can name (branches, titles, inputs) would be run as script
            .. Scalar(step, "run") is { } run && run.Contains("${{", StringComparison.Ordinal) ? [$"{who} has an expression in its script: hand it over in env"] : Array.Empty<string>(),
            .. Scalar(step, "uses") is { } uses && uses.StartsWith("actions/checkout@", StringComparison.Ordinal) && Scalar(Map(step, "with"), "persist-credentials") != "false"
                ? [$"{who} leaves the token in the checkout: persist-credentials: false"] : Array.Empty<string>(),
        ];

    /// <summary>A job that is cancelled at its own limit uploads nothing, so its steps need limits that add up to less.</summary>
    private static IEnumerable<string> Timeouts(string who, YamlMappingNode job)
    {
        if (!int.TryParse(Scalar(job, "timeout-minutes"), CultureInfo.InvariantCulture, out var minutes))
        {
            return [$"{who} has no timeout-minutes"];
        }

        var uploads = Steps(job).Where(step => Scalar(step, "uses")?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) == true).ToList();
        var limited = Steps(job).Sum(step => int.TryParse(Scalar(step, "timeout-minutes"), CultureInfo.InvariantCulture, out var limit) ? limit : 0);
        return
        [
            .. uploads.Where(upload => Scalar(upload, "if") != "always()").Select(_ => $"{who} uploads nothing when it failed: if: always()"),
            .. uploads.Count > 0 && (limited == 0 || limited >= minutes) ? [$"{who} ends after {minutes} minutes, and its steps with a limit after {limited}: nothing would be uploaded"] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Permissions(string who, YamlMappingNode node) => Child(node, "permissions") switch
    {
        null => [$"{who} has no permissions, so it gets the repository's default"],
        YamlMappingNode scopes =>
        [
            .. Entries(scopes).Where(scope => !Scopes.Contains(scope.Key)).Select(scope => $"{who}: there is no permission {scope.Key}"),
            .. Entries(scopes).Where(scope => scope is not { Key: "issues" } && scope.Value.ToString() == "write").Select(scope => $"{who} may write {scope.Key}"),
        ],
        var all => [$"{who} has permissions {all}: name each"],
    };

    private static IEnumerable<string> Schedules(Workflow workflow) => Child(Map(workflow.Root, "on"), "schedule") is YamlSequenceNode schedule
        ? schedule.Children.Select(entry => Scalar((YamlMappingNode)entry, "cron") ?? "").Where(cron => !CronExpression.TryParse(cron, out _)).Select(cron => $"the schedule {cron} is none")
        : [];

    private static IEnumerable<string> Pins(string text) => text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal) && !Pinned().IsMatch(line))
        .Select(line => $"{line.Trim()}: pin it as OWNER/NAME@<40 hex digits> # vX.Y.Z");

    private static IEnumerable<string> Unknown(string who, YamlMappingNode node, string[] known) => Entries(node).Where(entry => !known.Contains(entry.Key)).Select(entry => $"{who} has an unknown key {entry.Key}");

    [GeneratedRegex(@"^\s*(- )?uses: [\w.-]+(/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();
}
