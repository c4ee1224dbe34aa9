using Controllers.Runtime.Queues;
using Microsoft.Extensions.Time.Testing;

namespace Controllers.Runtime.Tests.Queues;

public sealed class WorkQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_added_twice_comes_once()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");

        (await queue.TakeAsync(Cancel)).Should().Be("a");
        (await queue.TakeAsync(Cancel)).Should().Be("b");
        queue.TakeAsync(Cancel).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_key_added_while_it_is_worked_on_comes_again_afterwards()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.Add("a");
        await queue.TakeAsync(Cancel);
        queue.Add("a");
        var again = queue.TakeAsync(Cancel);

        again.IsCompleted.Should().BeFalse("one worker at a time has the key");
        queue.Done("a");
        (await again).Should().Be("a");
    }

    [Fact]
    public async Task A_delayed_key_comes_at_its_time_and_the_earlier_moment_stands()
    {
        using var queue = new WorkQueue<string>(_time);
        queue.AddAfter("a", TimeSpan.FromSeconds(10));
        queue.AddAfter("a", TimeSpan.FromSeconds(60));
        var taken = queue.TakeAsync(Cancel);

        _time.Advance(TimeSpan.FromSeconds(9));
        taken.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await taken).Should().Be("a");
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(10, 5_120)]
    [InlineData(40, 1_000_000)]
    public void Backoff_doubles_up_to_a_thousand_seconds(int failures, int milliseconds)
        => WorkQueue<string>.Backoff(failures).Should().Be(TimeSpan.FromMilliseconds(milliseconds));
}
