using ArgoCd.Applications;

namespace ArgoCd.Tests.Applications;

public sealed class OperationProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 1, 15, 4, 5, TimeSpan.Zero);
    private static readonly Operation WithRetries = new() { Sync = new SyncOperation(), Retry = new RetryStrategy { Limit = 2 } };

    private static OperationState Failed(long retries = 0) => new() { Operation = WithRetries, Phase = "Failed", Message = "no", StartedAt = Now, RetryCount = retries };

    [Fact]
    public void A_new_operation_begins_running()
        => OperationProgress.Begin(null, WithRetries, Now).State.Should().BeEquivalentTo(new { Phase = "Running", StartedAt = Now, Operation = WithRetries });

    [Fact]
    public void An_operation_in_progress_is_resumed_as_it_stands()
    {
        var running = new OperationState { Phase = "Running", Operation = WithRetries, Message = "waiting" };
        OperationProgress.Begin(running, WithRetries, Now).Should().Be((running, (TimeSpan?)null));
    }

    [Fact]
    public void A_failure_waits_for_its_retry_and_says_when()
        => OperationProgress.AfterStep(Failed(), terminating: false, Now).Should().BeEquivalentTo(new
        {
            Phase = "Running",
            RetryCount = 1,
            FinishedAt = Now,
            Message = "no. Retrying attempt #1 at 3:04PM.",
        });

    [Fact]
    public void A_retry_that_is_not_due_waits_and_one_that_is_starts_over()
    {
        var waiting = OperationProgress.AfterStep(Failed(), terminating: false, Now) with { SyncResult = new SyncOperationResult { Revision = "a" } };
        OperationProgress.Begin(waiting, WithRetries, Now.AddSeconds(4)).Wait.Should().Be(TimeSpan.FromSeconds(6));
        OperationProgress.Begin(waiting, WithRetries, Now.AddSeconds(10)).State.Should().BeEquivalentTo(new
        {
            Phase = "Running",
            Message = "Retrying operation. Attempt #1",
            SyncResult = (SyncOperationResult?)null,
            FinishedAt = (DateTimeOffset?)null,
        });
    }

    [Fact]
    public void The_last_retry_ends_the_operation()
        => OperationProgress.AfterStep(Failed(retries: 2), terminating: false, Now).Should().BeEquivalentTo(new { Phase = "Failed", Message = "no (retried 2 times)." });

    [Fact]
    public void A_terminated_operation_is_not_retried() => OperationProgress.AfterStep(Failed(), terminating: true, Now).Phase.Should().Be("Failed");

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(10, 180)]
    public void Retries_back_off_from_five_seconds_to_three_minutes(long retries, int seconds)
        => new RetryStrategy().NextRetryAt(Now, retries).Should().Be(Now.AddSeconds(seconds));

    [Fact]
    public void A_duration_that_cannot_be_read_is_an_error_of_the_operation()
    {
        var state = Failed() with { Operation = WithRetries with { Retry = new RetryStrategy { Limit = 1, Backoff = new RetryBackoff { Duration = "soon" } } } };
        OperationProgress.AfterStep(state, terminating: false, Now).Should().BeEquivalentTo(new
        {
            Phase = "Error",
            Message = "no (failed to retry: error parsing duration: time: invalid duration \"soon\")",
        });
    }
}
