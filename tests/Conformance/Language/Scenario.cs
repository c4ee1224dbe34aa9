using Conformance.Running;
using Controllers.Runtime.Client;
using Fixtures.Clusters;
using Fixtures.Clusters.Upgrading;
using Fixtures.Recording;
using Fixtures.Running;
using Fixtures.Stages;

namespace Conformance.Language;

/// <summary>What every scenario stands on: it plays its story on a stage of its own and leaves a record, whatever happens.</summary>
public abstract class Scenario(SuiteRun suite)
{
    /// <summary>The scenario that is running.</summary>
    protected static ScenarioInfo Info => ScenarioDiscoverer.Running(TestContext.Current)
        ?? throw new InvalidOperationException("Only a method with [Scenario] can play");

    /// <summary>Plays under names of the scenario's own.</summary>
    protected Task PlayAsync(string path, Func<Reader, Task> story, params Capability[] needs) => PlayAsync(Own(path), story, needs);

    /// <summary>Plays under <paramref name="names"/>; is skipped when the cluster lacks something that it needs.</summary>
    protected async Task PlayAsync(StageNames names, Func<Reader, Task> story, params Capability[] needs)
    {
        Assert.SkipUnless(Selection.Includes(suite.Session.Options, Info), "not chosen for this run");
        using var turn = await suite.Session.TogetherAsync(TestContext.Current.CancellationToken);
        var recorder = suite.Session.Record(Info);
        var lack = await PlayAsync(recorder, Repeated(names), story, () => Lack(needs), needs.Contains(Capability.Sabotage), null);
        Assert.SkipWhen(lack is not null, lack ?? "");
    }

    /// <summary>Plays on a cluster of its own, which it may leave in whatever state.</summary>
    protected Task PlayAloneAsync(string path, Func<Reader, Task> story) => PlayAloneAsync(path, story, null, () => Lack([Capability.OwnCluster]), sabotaged: false);

    /// <summary>
    /// Plays on a cluster that begins with the version before an upgrade: the one that was asked for, or on the embedded cluster with this project's own controllers
    /// <see cref="Upgrade.Rehearsal"/>. It is a cluster of its own where there can be one, or else the run's, from which the others then keep away.
    /// </summary>
    protected Task PlayBeforeAnUpgradeAsync(UpgradedPart part, string path, Func<Reader, Upgrade, Task> story, params Capability[] needs)
    {
        var target = suite.Session.Options.Target;
        var rehearses = target.Target == "embedded" && !(part == UpgradedPart.Rollouts && target.HasRealRollouts);
        var upgrade = target.UpgradeOf(part) ?? (rehearses ? Upgrade.Rehearsal(part) : null);
        return upgrade is not null && suite.Session.HasOnlyASharedCluster && needs.Length == 0
            ? PlayInPlaceAsync(path, upgrade, reader => story(reader, upgrade))
            : PlayAloneAsync(path, reader => story(reader, upgrade!), upgrade, () => Lack([.. needs, Capability.OwnCluster]) ?? (upgrade is null
                ? $"no upgrade was asked for: --upgrade {(part == UpgradedPart.Rollouts ? "rollouts=1.8.4..1.9.1" : "argocd=3.4.4..3.5.1")}, or whichever"
                : null), needs.Contains(Capability.Sabotage));
    }

    /// <summary>Plays on the run's cluster while no other scenario does: the version before is put in place, and whatever happens the version after stays.</summary>
    private async Task PlayInPlaceAsync(string path, Upgrade upgrade, Func<Reader, Task> story)
    {
        Assert.SkipUnless(Selection.Includes(suite.Session.Options, Info), "not chosen for this run");
        var stop = TestContext.Current.CancellationToken;
        using var alone = await suite.Session.AloneAsync(stop);
        try
        {
            await RecordedAsync(async () =>
            {
                await suite.Session.Cluster.UpgradeAsync(upgrade.Back(), stop);
                return upgrade.From;
            });
            await PlayAsync(suite.Session.Record(Info), Repeated(Own(path)), story, () => null, sabotaged: false, null);
        }
        finally
        {
            await suite.Session.Cluster.UpgradeAsync(upgrade, stop);
        }
    }

    private async Task PlayAloneAsync(string path, Func<Reader, Task> story, Upgrade? before, Func<string?> lack, bool sabotaged)
    {
        Assert.SkipUnless(Selection.Includes(suite.Session.Options, Info), "not chosen for this run");
        var names = Own(path);
        if (lack() is not null)
        {
            Assert.Skip((await PlayAsync(suite.Session.Record(Info), names, story, lack, sabotaged: false, null))!);
        }

        await using var cluster = await RecordedAsync(() => suite.Session.StartAnotherAsync(Info.RunId, before, TestContext.Current.CancellationToken));
        await PlayAsync(suite.Session.Record(Info, cluster.Time), Repeated(names), story, () => null, sabotaged, cluster);
    }

    private string? Lack(IEnumerable<Capability> needs) => needs.Select(suite.Session.Cluster.Lacks).FirstOrDefault(reason => reason is not null);

    private static StageNames Own(string path) => StageNames.Own(Info.Id, path) with { Pods = Info.Pods ?? StageNames.TutorialPods };

    private static StageNames Repeated(StageNames names) => Info.Repetition is { } number ? names.Repeated(number) : names;

    /// <summary>What has to be done before a scenario can begin: when it fails, the scenario has, and is in the report.</summary>
    private async Task<T> RecordedAsync<T>(Func<Task<T>> prepare)
    {
        try
        {
            return await prepare();
        }
        catch (Exception failure)
        {
            await EndAsync(suite.Session.Record(Info), null, Verdict.Failed, failure.Message);
            throw;
        }
    }

    private async Task<string?> PlayAsync(ScenarioRecorder recorder, StageNames names, Func<Reader, Task> story, Func<string?> lacks, bool sabotaged, ICluster? alone)
    {
        var stop = TestContext.Current.CancellationToken;
        Stage? stage = null;
        try
        {
            if (lacks() is { } lack)
            {
                if (suite.Session.Options.Strict)
                {
                    throw new InvalidOperationException($"{lack} (with --strict, what would be skipped fails)");
                }

                await EndAsync(recorder, null, Verdict.Skipped, null, lack);
                return lack;
            }

            stage = await suite.Session.OpenAsync(recorder, names, alone, stop);
            var reader = new Reader(stage, stop);
            await story(reader);
            recorder.EndStory();
            if (!sabotaged)
            {
                await reader.FindsTheInvariantsKept();
            }

            await EndAsync(recorder, stage, Verdict.Passed);
            return null;
        }
        catch (Exception failure)
        {
            await EndAsync(recorder, stage, Verdict.Failed, stop.IsCancellationRequested ? "stopped before its end" : failure.Message);
            throw;
        }
    }

    private async Task EndAsync(ScenarioRecorder recorder, Stage? stage, Verdict verdict, string? failure = null, string? skipReason = null)
    {
        KeptEvidence? evidence = null;
        if (stage is not null)
        {
            await stage.DisposeAsync();
            evidence = verdict == Verdict.Failed
                ? await suite.Session.KeepEvidenceAsync(recorder.Info.RunId, stage)
                : null;
            await suite.Session.ClearAsync(stage, makesRoom: Info.Repetition is not null);
        }

        var again = suite.Session.Options.CommandFor(recorder.Info.Id);
        suite.Session.Add(recorder.End(verdict, failure, skipReason, evidence, again, stage?.Axis() ?? TimeAxis.Empty));
    }
}
