using Fixtures.Waiting;

namespace Conformance.Language;

/// <summary>States of the stack's objects, in the product's words.</summary>
public static class Is
{
    /// <summary>An Application that differs from Git.</summary>
    public static Expectation OutOfSync { get; } = Field.Expect("OutOfSync", Field.Is(".status.sync.status", "OutOfSync"));

    /// <summary>An Application that is as in Git.</summary>
    public static Expectation Synced { get; } = Field.Expect("Synced", Field.Is(".status.sync.status", "Synced"));

    /// <summary>An Application that Argo CD has compared with a commit.</summary>
    public static Expectation ComparedTo(string commit) => Field.Expect($"compared to {commit}", Field.Is(".status.sync.revision", commit));

    /// <summary>An Application none of whose resources exist.</summary>
    public static Expectation Missing { get; } = Field.Expect("Missing", Field.Is(".status.health.status", "Missing"));

    /// <summary>An Application whose resources are all healthy.</summary>
    public static Expectation HealthyApplication { get; } = Field.Expect("Healthy", Field.Is(".status.health.status", "Healthy"));

    /// <summary>An Application with a resource that waits for someone.</summary>
    public static Expectation Suspended { get; } = Field.Expect("Suspended", Field.Is(".status.health.status", "Suspended"));

    /// <summary>An Application with a resource that failed.</summary>
    public static Expectation DegradedApplication { get; } = Field.Expect("Degraded", Field.Is(".status.health.status", "Degraded"));

    /// <summary>A Rollout that has done all it should.</summary>
    public static Expectation HealthyRollout { get; } = Field.Expect("Healthy", Field.Is(".status.phase", "Healthy"));

    /// <summary>A Rollout that waits for a person, for the reason that upstream gives in <c>pauseConditions</c>.</summary>
    public static Expectation Paused(string reason) => Field.Expect(
        $"Paused ({reason})", Field.Is(".status.phase", "Paused"), Field.Is(".status.message", reason), Field.Is(".status.pauseConditions[0].reason", reason));

    /// <summary>A canary that waits at a step of its own: <c>currentStepIndex</c> is the pause's.</summary>
    public static Expectation PausedAtStep(int index) => Paused("CanaryPauseStep").And(AtStep(index)) with { Phrase = $"Paused at step {index}" };

    /// <summary>A canary whose next step to be done is this one.</summary>
    public static Expectation AtStep(int index) => Field.Expect($"at step {index}", Field.Is(".status.currentStepIndex", index));

    /// <summary>A Rollout that was aborted on its way to a revision, for what an analysis said, or by a person.</summary>
    public static Expectation Aborted(int revision, string because = "") => Field.Expect(
        $"aborted at revision {revision}",
        Field.Is(".status.phase", "Degraded"),
        Field.Is(".status.abort", "true"),
        Field.Is(".status.message", $"RolloutAborted: Rollout aborted update to revision {revision}{(because.Length == 0 ? "" : ": " + because)}"));

    /// <summary>A Rollout that has done all it should and whose wish for a full promotion, if there was one, is fulfilled or void.</summary>
    public static Expectation NotBeingPromoted { get; } = HealthyRollout.And(
        Field.Expect("not being promoted", new FieldExpectation(".status.promoteFull", "(none)", found => found is null || found.ToString() == "false")));

    /// <summary>A Rollout whose new version did not come up in time.</summary>
    public static Expectation ProgressDeadlineExceeded { get; } = Field.Expect(
        "Degraded (ProgressDeadlineExceeded)",
        Field.Is(".status.phase", "Degraded"),
        Field.Is(".status.conditions[type=Progressing].reason", "ProgressDeadlineExceeded"));

    /// <summary>An AnalysisRun in a phase.</summary>
    public static Expectation Analysis(string phase) => Field.Expect(phase, Field.Is(".status.phase", phase));

    /// <summary>An AnalysisRun that ended, with what it says.</summary>
    public static Expectation Analysis(string phase, string message) => Field.Expect(phase, Field.Is(".status.phase", phase), Field.Is(".status.message", message));

    /// <summary>A Deployment with so many pods, all of them up to date and ready.</summary>
    public static Expectation ReadyDeployment(int replicas) => Field.Expect(
        $"ready {replicas}/{replicas}",
        Field.Is(".spec.replicas", replicas),
        Field.Is(".status.replicas", replicas),
        Field.Is(".status.readyReplicas", replicas),
        Field.Is(".status.updatedReplicas", replicas),
        Field.Is(".status.conditions[type=Available].status", "True"));

    /// <summary>A pod that does not get beyond its init container, which <c>kubectl get pods</c> shows as <c>Init:CrashLoopBackOff</c>.</summary>
    public static Expectation FailingInit(int exitCode) => Field.Expect(
        "failing in its init container",
        Field.Is(".status.phase", "Pending"),
        Field.Is(".installer.state.waiting.reason", "CrashLoopBackOff"),
        Field.Contains(".installer.state.waiting.message", "restarting failed container=rollout-extension pod=argo-cd-argocd-server-"),
        Field.IsNot(".installer.restartCount", "0"),
        Field.Is(".installer.lastState.terminated.exitCode", exitCode),
        Field.Contains(".status.conditions[type=Initialized].message", "containers with incomplete status: [rollout-extension]"));

    /// <summary>A Rollout that is refused because the only metric of its template has no end.</summary>
    public static Expectation RunsIndefinitely(string template) => Field.Expect(
        "refused: an analysis without an end",
        Field.Is(".status.phase", "Degraded"),
        Field.Is(
            ".status.message",
            "InvalidSpec: The Rollout \"handson\" is invalid: spec.strategy.blueGreen.postPromotionAnalysis.templates: Invalid value: "
            + $"\"{template}\": AnalysisTemplate {template} has metric {template} which runs indefinitely. Invalid value for count: <nil>"));

    /// <summary>A namespace that does not exist any more; while it does, it says what is in it and who holds that.</summary>
    public static Expectation GoneNamespace { get; } = Field.Expect(
        "gone",
        Field.IsAbsent(".metadata.name"),
        Field.IsAbsent(".status.conditions[type=NamespaceContentRemaining].message"),
        Field.IsAbsent(".status.conditions[type=NamespaceFinalizersRemaining].message"));

    /// <summary>A definition that does not exist any more; while it does, its finalizers hold it.</summary>
    public static Expectation GoneDefinition { get; } = Field.Expect("gone", Field.IsAbsent(".metadata.name"), Field.IsAbsent(".metadata.finalizers"));

    /// <summary>A target that Prometheus knows and cannot scrape, and why.</summary>
    public static Expectation DownTarget(string reason) => Field.Expect("down", Field.Is(".health", "down"), Field.Contains(".lastError", reason));

    /// <summary>A Lease that somebody holds.</summary>
    public static Expectation Held { get; } = Field.Expect("held", Field.IsNot(".spec.holderIdentity", ""));

    /// <summary>A definition whose kind is served.</summary>
    public static Expectation Established { get; } = Field.Expect(
        "established", Field.Is(".status.conditions[type=Established].status", "True"), Field.Is(".status.conditions[type=NamesAccepted].status", "True"));

    /// <summary>A pod whose image cannot be pulled.</summary>
    public static Expectation WaitingForItsImage { get; } = Field.Expect(
        "waiting for its image", Field.Contains(".status.containerStatuses[0].state.waiting.reason", "ImagePull"));

    /// <summary>A Job that ended at its activeDeadlineSeconds.</summary>
    public static Expectation PastItsDeadline { get; } = Field.Expect(
        "past its deadline", Field.Is(".status.conditions[type=Failed].reason", "DeadlineExceeded"));

    /// <summary>A Job that is <c>Complete</c> or <c>Failed</c>.</summary>
    public static Expectation Job(string condition) => Field.Expect(condition, Field.Is($".status.conditions[type={condition}].status", "True"));

    /// <summary>An Application deployed from a commit.</summary>
    public static Expectation SyncedTo(string commit) => Field.Expect(
        $"Synced to {commit[..7]}",
        Field.Is(".status.sync.status", "Synced"),
        Field.Is(".status.sync.revision", commit),
        Field.Is(".status.operationState.phase", "Succeeded"),
        Field.Is(".status.operationState.syncResult.revision", commit));

    /// <summary>A Rollout that the controller does not accept, with the reason that it gives.</summary>
    public static Expectation Invalid(string reason) => Field.Expect(
        "invalid",
        Field.Is(".status.phase", "Degraded"),
        Field.Is(".status.conditions[type=InvalidSpec].status", "True"),
        Field.Contains(".status.conditions[type=InvalidSpec].message", reason));

    /// <summary>A Rollout without the InvalidSpec condition.</summary>
    public static Expectation Valid { get; } = Field.Expect("valid", Field.IsAbsent(".status.conditions[type=InvalidSpec].status"));

    /// <summary>An Application whose last sync failed, and what the API server said to one of its resources.</summary>
    public static Expectation FailedSync(string kind, string reason) => Field.Expect(
        "failed in its sync",
        Field.Is(".status.operationState.phase", "Failed"),
        Field.Contains(".status.operationState.message", "one or more objects failed to apply"),
        Field.Is($".status.operationState.syncResult.resources[kind={kind}].status", "SyncFailed"),
        Field.Contains($".status.operationState.syncResult.resources[kind={kind}].message", reason));

    /// <summary>An object that is being deleted and is held by a finalizer.</summary>
    public static Expectation HeldBy(string finalizer) => Field.Expect(
        $"held by {finalizer}", Field.IsNot(".metadata.deletionTimestamp", ""), Field.Is(".metadata.finalizers[0]", finalizer));

    /// <summary>An object that is being deleted.</summary>
    public static Expectation Deleting { get; } = Field.Expect("in deletion", Field.IsNot(".metadata.deletionTimestamp", ""));

    /// <summary>A namespace in deletion that says of what there is how much left, and whose finalizer holds it.</summary>
    public static Expectation HeldNamespace(string resource, string finalizer) => Field.Expect(
        $"held by {finalizer}",
        Field.Is(".status.phase", "Terminating"),
        Field.Is(".status.conditions[type=NamespaceContentRemaining].message", $"Some resources are remaining: {resource} has 1 resource instances"),
        Field.Is(".status.conditions[type=NamespaceFinalizersRemaining].message", $"Some content in the namespace has finalizers remaining: {finalizer} in 1 resource instances"));

    /// <summary>An Application that cannot be compared with Git, with the reason that Argo CD gives.</summary>
    public static Expectation Incomparable(string reason) => Field.Expect(
        "impossible to compare", Field.Is(".status.sync.status", "Unknown"), Field.Contains(".status.conditions[type=ComparisonError].message", reason));

    /// <summary>An object that does not exist.</summary>
    public static Expectation Gone { get; } = Field.Expect("gone", Field.IsAbsent(".metadata.name"));

    /// <summary>A host behind which nobody answers: the ingress controller does.</summary>
    public static Expectation Unavailable { get; } = Field.Expect("503", Field.Contains(".answer", "503 Service"));

    /// <summary>A host that answers a colour.</summary>
    public static Expectation Answering(string colour) => Field.Expect($"{colour}", Field.Is(".answer", colour));
}
