using System.Text.Json.Nodes;
using Fixtures.ArgoCd;
using Fixtures.Observing;
using Fixtures.Stages;
using Fixtures.Traffic;
using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>
/// The tutorial's reader: does what the chapter says, through Git, Argo CD's page, the Kubernetes API and a browser, and looks at what the
/// chapter shows. Everything done or seen is a step of the scenario.
/// </summary>
public sealed class Reader(Stage stage, CancellationToken stop)
{
    private const int RefreshesMax = 4;

    /// <summary>argocd-cm's timeout.reconciliation of 2 minutes and its jitter of 1 minute.</summary>
    private static readonly TimeSpan PollMax = TimeSpan.FromMinutes(3);

    /// <summary>How long something stays as it is before the reader presses anything, and how long the reader waits for that.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(20);

    private HostTraffic? _active;
    private HostTraffic? _preview;

    /// <summary>Ends everything the reader does.</summary>
    public CancellationToken Stop { get; } = stop;

    /// <summary>What the reader plays with.</summary>
    public Stage Stage { get; } = stage;

    /// <summary>The commit that the reader pushed last.</summary>
    public string Commit { get; private set; } = "";

    /// <summary>The browser at the active host.</summary>
    public HostTraffic Active => _active ?? throw new InvalidOperationException("The reader has not opened the hosts yet");

    /// <summary>The browser at the preview host.</summary>
    public HostTraffic Preview => _preview ?? throw new InvalidOperationException("The reader has not opened the hosts yet");

    /// <summary>The cluster's time.</summary>
    public DateTimeOffset Now => Stage.Cluster.Time.GetUtcNow();

    /// <summary>The tutorial's Rollout.</summary>
    public Subject<Observation> Rollout => Stage.History.Object(new("Rollout", Stage.Names.Namespace, "handson"));

    /// <summary>The tutorial's Service, blue/green's active one.</summary>
    public Subject<Observation> Service => Stage.History.Object(new("Service", Stage.Names.Namespace, "handson"));

    /// <summary>The tutorial's Application.</summary>
    public Subject<Observation> Application => Stage.History.Object(new("Application", Stage.Cluster.ArgoCd.Namespace, Stage.Names.Application));

    /// <summary>A reader on the same stage whose steps are not the scenario's: they are expected to fail at once, where something must not change.</summary>
    public Reader Rehearsing() => new(Stage.Rehearse(""), Stop);

    /// <summary>A reader on the same stage whose steps are not the scenario's: they are expected to fail at the wait for <paramref name="hopeless"/>.</summary>
    public Reader Rehearsing(Expectation hopeless) => new(Stage.Rehearse(hopeless.Phrase), Stop);

    /// <summary>NEW APP, CREATE.</summary>
    public Task CreatesTheApplication(bool automated = false) => Step(
        $"creates the application with {(automated ? "automatic" : "manual")} sync",
        () => Stage.ArgoCd.CreateApplicationAsync(
            new NewApplication(Stage.Names.Application, Stage.Repository.Url, Stage.Names.Path, Stage.Names.Namespace, automated).ToJson(), Stop));

    /// <summary>SYNC.</summary>
    public Task PressesSync() => Step("presses SYNC", () => Stage.ArgoCd.SyncAsync(Stage.Names.Application, prune: false, Stop));

    /// <summary>REFRESH; pressed again when Argo CD did not get to it within its own minute, which is short on a fast clock and a busy machine.</summary>
    public Task PressesRefresh() => Step("presses REFRESH", async () =>
    {
        for (var pressed = 1; ; pressed++)
        {
            try
            {
                await Stage.ArgoCd.RefreshAsync(Stage.Names.Application, hard: false, Stop);
                return;
            }
            catch (ArgoCdException late) when (pressed < RefreshesMax && late.Said.Contains("refresh deadline exceeded", StringComparison.Ordinal))
            {
                // a person would press again
            }
        }
    });

    /// <summary>
    /// Looks as a person does before pressing anything: until it no longer changes. What is pressed while the controller is still writing can be lost with
    /// upstream's: it puts the state that it wrote over the one that its informer has just seen (<c>rollout/controller.go</c>, writeBackToInformer).
    /// </summary>
    public Task LooksAt(Subject<Observation> subject) => Stage.Waiter.SettledAsync(subject, Look, LookMax, Stop);

    /// <summary>An entry of the Rollout's menu.</summary>
    public Task Chooses(string action) => Step($"chooses {action} from the Rollout's menu", async () =>
    {
        await LooksAt(Rollout);
        await Stage.ArgoCd.RunResourceActionAsync(Stage.Names.Application, ResourceRef.Rollout(Stage.Names.Namespace, "handson"), action, Stop);
    });

    /// <summary>DELETE, with the name typed.</summary>
    public Task DeletesTheApplication() => DeletesTheApplication(new Deletion());

    /// <summary>DELETE with another choice than the page's default.</summary>
    public Task DeletesTheApplication(Deletion how) => Step(
        $"deletes the application{(how.Cascade ? "" : " without cascade")}", () => Stage.ArgoCd.DeleteApplicationAsync(Stage.Names.Application, how, Stop));

    /// <summary>Edits the image tag, commits, pushes.</summary>
    public Task Pushes(string colour, string instead) =>
        Pushes($"the image tag {colour} instead of {instead}", "rollout.yaml", $"rollouts-demo:{instead}", $"rollouts-demo:{colour}");

    /// <summary>Replaces a text of a manifest, commits, pushes.</summary>
    public Task Pushes(string what, string file, string instead, string text) => PushesTheEdit(what, manifest => manifest.Replace(instead, text), file);

    /// <summary>Edits a manifest, the Rollout's if not told otherwise, commits, pushes.</summary>
    public Task PushesTheEdit(string what, Func<string, string> edit, string file = "rollout.yaml") => Step($"pushes {what}", () =>
    {
        Stage.Repository.Edit($"{Stage.Names.Path}/{file}", edit);
        Commit = Stage.Repository.Commit($"Push {what}");
        Stage.Repository.Push();
        return Task.CompletedTask;
    });

    /// <summary>Opens both hosts in browsers that stay open.</summary>
    public void OpensTheHosts()
    {
        OpensTheHost();
        _preview = Stage.Traffic.Follow(Stage.Names.PreviewHost);
    }

    /// <summary>Opens the only host of an application without a preview.</summary>
    public void OpensTheHost() => _active = Stage.Traffic.Follow(Stage.Names.ActiveHost);

    /// <summary>How many pods the Rollout of the manifests has.</summary>
    public int Pods => Stage.Names.Pods;

    /// <summary>Waits until something becomes so.</summary>
    public Task<JsonNode?> Sees<T>(Subject<T> subject, Expectation expectation, TimeSpan within) => Stage.Recorder.StepAsync(
        $"sees {subject.Name} become {expectation.Phrase}", () => Stage.Waiter.EventuallyAsync(subject, expectation, within, Stop));

    /// <summary>Watches that something stays so.</summary>
    public Task KeepsSeeing<T>(Subject<T> subject, Expectation expectation, TimeSpan during) => Step(
        $"sees {subject.Name} stay {expectation.Phrase} for {DurationText.Limit(during)}",
        async () =>
        {
            var from = Stage.Recorder.Elapsed;
            await Stage.Waiter.ThroughoutAsync(subject, expectation, during, Stop);
            Stage.Recorder.Waited($"watches for {DurationText.Limit(during)} that nothing changes", from, during);
        });

    /// <summary>Waits until Argo CD has polled the branch by itself: nobody presses REFRESH. The time is declared, by argocd-cm's timeout.reconciliation.</summary>
    public Task SeesThePoll(TimeSpan within) => Step("sees Argo CD poll the branch by itself", async () =>
    {
        var from = Stage.Recorder.Elapsed;
        await Stage.Waiter.EventuallyAsync(Application, Is.ComparedTo(Commit), within, Stop);
        Stage.Recorder.Waited("Argo CD's next poll (timeout.reconciliation and its jitter)", from, PollMax);
    });

    /// <summary>Watches that something stays so while something else happens.</summary>
    public Task KeepsSeeing<T>(Subject<T> subject, Expectation expectation, string meanwhile, Func<Task> action) => Stage.Waiter.WhileAsync(
        subject, expectation, meanwhile, _ => action(), Stop);

    /// <summary>From here on the steps stand for these rows of the scenario's: a failure is then that of these alone, and later rows are not reached.</summary>
    public void ComesTo(params IReadOnlyList<string> rows) => Stage.Recorder.ComeTo(rows);

    /// <summary>A step of its own.</summary>
    public Task Step(string words, Func<Task> act) => Stage.Recorder.StepAsync(words, act);

    /// <summary>Judges what was recorded; the problem is null when it is as expected.</summary>
    public Task Finds(string words, string subject, string outcome, string expected, Func<(string Observed, string? Problem)> look) => Step(words, () =>
    {
        var (observed, problem) = look();
        Judge(subject, outcome, expected, observed, problem);
        return Task.CompletedTask;
    });

    /// <summary>Fails with a message in the suite's form when there is a problem.</summary>
    public void Judge(string subject, string outcome, string expected, string observed, string? problem)
    {
        if (problem is not null)
        {
            throw new CheckFailedException(new(subject, outcome, expected, observed, problem, Stage.Waiter.Look, Stage.Waiter.Again));
        }
    }
}
