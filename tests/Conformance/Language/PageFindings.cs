using Fixtures.ArgoCd;

namespace Conformance.Language;

/// <summary>What the reader finds on the application's page in Argo CD.</summary>
public static class PageFindings
{
    /// <summary>The tree shows at least these kinds, each so many times.</summary>
    public static Task FindsInTheTree(this Reader reader, params (string Kind, int Count)[] expected) => reader.Step(
        "finds the application's resources in its tree", async () =>
        {
            var nodes = await reader.Stage.ArgoCd.ResourceTreeAsync(reader.Stage.Names.Application, reader.Stop);
            var shown = nodes.GroupBy(node => $"{node["kind"]}").ToDictionary(kind => kind.Key, kind => kind.Count());
            var wrong = expected.Where(kind => shown.GetValueOrDefault(kind.Kind) != kind.Count).ToList();
            reader.Judge(
                $"The tree of application '{reader.Stage.Names.Application}'",
                "does not show its resources",
                Text(expected),
                Text(shown.Select(kind => (kind.Key, kind.Value))),
                wrong.Count == 0 ? null : $"{Text(wrong.Select(kind => (kind.Kind, shown.GetValueOrDefault(kind.Kind))))}");
        });

    /// <summary>The Rollout's menu has these entries, enabled or greyed out.</summary>
    public static Task FindsInTheMenu(this Reader reader, string[] enabled, string[] disabled) => reader.Step(
        "finds the Rollout's menu as its state allows", async () =>
        {
            var rollout = ResourceRef.Rollout(reader.Stage.Names.Namespace, "handson");
            var menu = await reader.Stage.ArgoCd.ResourceActionsAsync(reader.Stage.Names.Application, rollout, reader.Stop);
            var wrong = enabled.Where(name => !menu.Contains(new(name, Disabled: false))).Concat(disabled.Where(name => !menu.Contains(new(name, Disabled: true))));
            reader.Judge(
                $"The menu of Rollout '{reader.Stage.Names.Namespace}/handson'",
                "is not as the Rollout's state allows",
                $"{string.Join(", ", enabled)}; greyed out: {string.Join(", ", disabled)}",
                $"{Names(menu, false)}; greyed out: {Names(menu, true)}",
                string.Join(", ", wrong) is { Length: > 0 } names ? names : null);
        });

    /// <summary>CREATE is refused, and Argo CD says why.</summary>
    public static Task IsRefused(this Reader reader, string mistake, NewApplication form, string reason) => reader.Step(
        $"is refused {mistake}", async () =>
        {
            var said = "it was created";
            try
            {
                await reader.Stage.ArgoCd.CreateApplicationAsync(form.ToJson(), reader.Stop);
            }
            catch (ArgoCdException refusal) when (refusal.Status == System.Net.HttpStatusCode.BadRequest)
            {
                said = refusal.Said;
            }

            var problem = said.Contains(reason, StringComparison.Ordinal) ? null : "the reason is not in the answer";
            reader.Judge($"Application '{form.Name}' with {mistake}", "was not refused with its reason", $"400, containing: {reason}", said, problem);
        });

    /// <summary>DELETE is refused, and Argo CD says why.</summary>
    public static Task CannotDelete(this Reader reader, string mistake, string name, Deletion how, System.Net.HttpStatusCode status, string said) => reader.IsRefused(
        mistake,
        () => reader.Stage.ArgoCd.DeleteApplicationAsync(name, how, reader.Stop),
        $"{(int)status}, {said}",
        refusal => refusal.Status == status && refusal.Said == said);

    private static string Names(IReadOnlyList<ResourceAction> menu, bool disabled) =>
        string.Join(", ", menu.Where(action => action.Disabled == disabled).Select(action => action.Name).Order(StringComparer.Ordinal));

    private static string Text(IEnumerable<(string Kind, int Count)> kinds) => string.Join(", ", kinds.Select(kind => $"{kind.Count} {kind.Kind}"));
}
