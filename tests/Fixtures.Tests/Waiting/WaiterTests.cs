using System.Text.Json.Nodes;
using Fixtures.Observing;
using Fixtures.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Fixtures.Tests.Waiting;

public sealed class WaiterTests
{
    private static readonly Expectation Healthy = new("Healthy", [new(".phase", "Healthy", value => value?.ToString() == "Healthy")]);

    private readonly FakeTimeProvider _time = new();
    private readonly Timeline<string> _phases = new();
    private readonly Waiter _waiter;
    private Exception? _fault;

    public WaiterTests() =>
        _waiter = new(new WaitLimits(_time, Speed: 1, WallFloor: TimeSpan.Zero, WallGuard: TimeSpan.FromMinutes(1)), "look here", "run this");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Subject<string> Subject => new(
        "Rollout 'a/b'", _phases, phase => phase is null ? null : new JsonObject { ["phase"] = phase }, () => _fault);

    [Fact]
    public async Task Eventually_returns_at_once_when_it_already_holds()
    {
        _phases.Append("Healthy");

        var observed = await _waiter.EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);

        observed!["phase"]!.ToString().Should().Be("Healthy");
    }

    [Fact]
    public async Task Eventually_sees_a_state_that_lasted_for_one_event_only()
    {
        var wait = _waiter.EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);

        _phases.Append("Progressing");
        _phases.Append("Healthy");
        _phases.Append("Degraded");

        (await wait)!["phase"]!.ToString().Should().Be("Healthy");
    }

    [Fact]
    public async Task Eventually_fails_when_its_budget_of_cluster_time_ends_and_tells_the_history()
    {
        _phases.Append("Progressing");
        var wait = _waiter.EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);
        _time.Advance(TimeSpan.FromSeconds(60));

        var failure = (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<WaitFailedException>()).Which;

        failure.Message.Should().Be(
            """
            Rollout 'a/b' did not become Healthy within 60 s.
              expected  .phase Healthy
              observed  .phase Progressing
              differs   .phase   Healthy  <>  Progressing
              changes   +0.0s Progressing   (1 of 1)
              look      look here
              again     run this
            """);
    }

    [Fact]
    public void A_fast_clock_leaves_a_busy_machine_the_floor_of_real_time()
    {
        var limits = new WaitLimits(_time, Speed: 20, WallFloor: TimeSpan.FromSeconds(10), WallGuard: TimeSpan.FromMinutes(1));

        limits.AtLeastFloor(TimeSpan.FromSeconds(30)).Should().Be(TimeSpan.FromSeconds(200));
        limits.AtLeastFloor(TimeSpan.FromSeconds(600)).Should().Be(TimeSpan.FromSeconds(600));
    }

    [Fact]
    public async Task A_hopeless_wait_has_less_patience_than_the_others()
    {
        var waiter = new Waiter(new WaitLimits(_time, Speed: 20, WallFloor: TimeSpan.FromSeconds(30), WallGuard: TimeSpan.FromMinutes(1)), "look", "again");

        var wait = waiter.WithoutHopeOf(Healthy.Phrase).EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(30), Stop);
        _time.Advance(TimeSpan.FromSeconds(161));

        (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<WaitFailedException>()).WithMessage("Rollout 'a/b' did not become Healthy within 160 s.*");
    }

    [Fact]
    public async Task An_error_that_is_not_not_yet_ends_the_wait_at_once_and_is_shown_as_itself()
    {
        _fault = new InvalidOperationException("rollouts.argoproj.io is forbidden");

        var wait = () => _waiter.EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);

        (await wait.Should().ThrowAsync<WaitFailedException>())
            .WithMessage("Rollout 'a/b' did not become Healthy: rollouts.argoproj.io is forbidden.*").And.InnerException.Should().BeSameAs(_fault);
    }

    [Fact]
    public async Task Throughout_fails_at_the_first_entry_that_breaks_it_even_if_it_is_mended_at_once()
    {
        _phases.Append("Healthy");
        var wait = _waiter.ThroughoutAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);
        _time.Advance(TimeSpan.FromSeconds(5));
        _phases.Append("Degraded");
        _phases.Append("Healthy");

        (await FluentActions.Awaiting(() => wait).Should().ThrowAsync<WaitFailedException>())
            .WithMessage("Rollout 'a/b' did not stay Healthy for 60 s.*changes   +0.0s Healthy  +5.0s Degraded*");
    }

    [Fact]
    public async Task Throughout_returns_when_its_time_is_over()
    {
        _phases.Append("Healthy");
        var wait = _waiter.ThroughoutAsync(Subject, Healthy, TimeSpan.FromSeconds(60), Stop);

        _time.Advance(TimeSpan.FromSeconds(59.9));
        wait.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await wait;
    }

    [Fact]
    public async Task While_an_action_runs_every_entry_must_hold()
    {
        _phases.Append("Healthy");

        var act = () => _waiter.WhileAsync(
            Subject, Healthy, "while it was pushed",
            _ =>
            {
                _phases.Append("Degraded");
                _phases.Append("Healthy");
                return Task.CompletedTask;
            },
            Stop);

        (await act.Should().ThrowAsync<WaitFailedException>()).WithMessage("Rollout 'a/b' did not stay Healthy while it was pushed.*");
    }

    [Fact]
    public async Task Settled_is_what_has_not_changed_for_a_while()
    {
        _phases.Append("Progressing");
        var wait = _waiter.SettledAsync(Subject, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), Stop);

        _time.Advance(TimeSpan.FromSeconds(0.9));
        _phases.Append("Healthy");
        await Task.Yield();
        _phases.Append("Healthy"); // something else happened: no change of this subject
        wait.IsCompleted.Should().BeFalse("it changed a moment ago");
        while (!wait.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        await wait;
    }

    [Fact]
    public async Task What_never_settles_is_given_up_without_failing()
    {
        var wait = _waiter.SettledAsync(Subject, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20), Stop);
        var began = _time.GetUtcNow();
        while (!wait.IsCompleted)
        {
            _phases.Append($"{_time.GetUtcNow().Ticks}");
            _time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }

        await wait;
        (_time.GetUtcNow() - began).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Cancelling_the_scenario_is_no_failed_wait()
    {
        using var stop = new CancellationTokenSource();
        var wait = _waiter.EventuallyAsync(Subject, Healthy, TimeSpan.FromSeconds(60), stop.Token);
        await stop.CancelAsync();

        await FluentActions.Awaiting(() => wait).Should().ThrowAsync<OperationCanceledException>();
    }
}
