using Conformance.BlueGreen;
using Conformance.Language;
using Conformance.Running;
using Fixtures.ArgoCd;
using FluentAssertions;
using static Conformance.Language.Duration;

namespace Conformance.BadInput;

/// <summary>Mistakes in the form behind NEW APP, and in what it points to.</summary>
public sealed class WrongApplications(SuiteRun suite) : Scenario(suite)
{
    [Scenario(
        "BI-01",
        "Fills in a path, a revision and a repository that do not exist: CREATE is refused with the reason, and no application is made.",
        Refuses = ["R5"],
        Catches = ["an application that is created although nothing can be deployed from it", "an error without its cause"])]
    public Task A_wrong_source_is_refused_with_its_reason() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        var names = reader.Stage.Names;
        var right = new NewApplication(names.Application, reader.Stage.Repository.Url, names.Path, names.Namespace);
        await reader.IsRefused("a path that does not exist", right with { Path = "app/red-black" }, "app/red-black: app path does not exist");
        await reader.IsRefused("a revision that does not exist", right with { Revision = "next" }, "unable to resolve 'next' to a commit SHA");
        await reader.IsRefused("a repository that does not exist", right with { Repository = new Uri(right.Repository, "nobody.git") }, "repository not accessible");
        await reader.Sees(reader.Application, Is.Gone, within: Seconds(1));
        (await reader.Stage.ArgoCd.ListApplicationsAsync(reader.Stop)).Should().NotContain(application => $"{application["metadata"]!["name"]}" == names.Application);
    });

    [Scenario(
        "BI-02",
        "Pushes a manifest that is not YAML into a running application, refreshes, and mends it: meanwhile the pods stay and both hosts answer.",
        Refuses = ["R7"],
        Pods = 4,
        Catches = ["a broken manifest that takes the running application down", "a comparison error that stays after it is mended"])]
    public Task A_manifest_that_is_not_YAML_changes_nothing_that_runs() => PlayAsync(BlueGreenStory.Path, async reader =>
    {
        await reader.DeploysBlue();
        var deployed = reader.Now;
        var pods = Has.Pods(Views.PodNames(reader.Stage.History.State));
        await reader.PushesTheEdit("a manifest that is not YAML", text => text.Replace("kind: Rollout", "kind: Rollout: oops"));
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.Incomparable("Failed to unmarshal \"rollout.yaml\""), within: Seconds(30));
        await reader.KeepsSeeing(reader.Stage.Pods(), pods, during: Seconds(10));
        await reader.PushesTheEdit("the manifest mended", text => text.Replace("kind: Rollout: oops", "kind: Rollout"));
        await reader.PressesRefresh();
        await reader.Sees(reader.Application, Is.Synced.And(Is.HealthyApplication), within: Seconds(30));
        await reader.FindsOnly(reader.Active, "blue", from: deployed);
    });
}
