using Fixtures.Running;

namespace Fixtures.Tests.Running;

/// <summary>Scenarios beside each other, and one that replaces a part of the stack under all of them.</summary>
public sealed class SharedUseTests
{
    private readonly SharedUse _use = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_has_the_cluster_alone_waits_for_those_that_play_and_keeps_out_those_that_come_after()
    {
        using var first = await _use.TogetherAsync(Stop);
        var second = await _use.TogetherAsync(Stop);

        var alone = _use.AloneAsync(Stop);
        var later = _use.TogetherAsync(Stop);
        alone.IsCompleted.Should().BeFalse("two play");
        later.IsCompleted.Should().BeFalse("it came after the one that wants to be alone");

        second.Dispose();
        alone.IsCompleted.Should().BeFalse("one plays");
        first.Dispose();
        var held = await alone;
        later.IsCompleted.Should().BeFalse("one has it alone");
        held.Dispose();
        (await later).Dispose();
    }

    [Fact]
    public async Task One_that_is_stopped_while_it_waits_keeps_nobody_out()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var playing = await _use.TogetherAsync(Stop);
        var alone = _use.AloneAsync(stop.Token);

        await stop.CancelAsync();

        await alone.Invoking(waiting => waiting).Should().ThrowAsync<OperationCanceledException>();
        playing.Dispose();
        (await _use.AloneAsync(Stop)).Dispose();
    }
}
