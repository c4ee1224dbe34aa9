using Controllers.Runtime.Leading;

namespace Controllers.Runtime.Tests.Leading;

public sealed class LeaseRecordTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LeaderElectionOptions First = new("argo-rollouts", "lock", "first");
    private static readonly LeaderElectionOptions Second = new("argo-rollouts", "lock", "second");

    [Fact]
    public void A_held_lease_is_the_holders_alone_until_it_stood_still_for_its_duration()
    {
        var lease = LeaseRecord.First(First, Now);

        LeaseRecord.MayTake(lease, "first", Now, Now).Should().BeTrue();
        LeaseRecord.MayTake(lease, "second", Now, Now.AddSeconds(15)).Should().BeFalse();
        LeaseRecord.MayTake(lease, "second", Now, Now.AddSeconds(15.1)).Should().BeTrue();
    }

    [Fact]
    public void A_released_lease_is_free_at_once()
        => LeaseRecord.MayTake(LeaseRecord.Released(LeaseRecord.First(First, Now), Now), "second", Now, Now).Should().BeTrue();

    [Fact]
    public void Taking_over_counts_a_transition_and_renewing_does_not()
    {
        var lease = LeaseRecord.First(First, Now);

        var renewed = LeaseRecord.Held(lease, First, Now.AddSeconds(2));
        renewed.Spec.LeaseTransitions.Should().Be(0);
        renewed.Spec.AcquireTime.Should().Be(Now.UtcDateTime);

        var taken = LeaseRecord.Held(renewed, Second, Now.AddSeconds(30));
        taken.Spec.LeaseTransitions.Should().Be(1);
        taken.Spec.AcquireTime.Should().Be(Now.AddSeconds(30).UtcDateTime);
        taken.Spec.HolderIdentity.Should().Be("second");
    }
}
