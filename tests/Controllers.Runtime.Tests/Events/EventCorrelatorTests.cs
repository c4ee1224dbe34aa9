using Controllers.Runtime.Events;
using k8s.Models;

namespace Controllers.Runtime.Tests.Events;

/// <summary>What client-go's correlator makes of the same events.</summary>
public sealed class EventCorrelatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EventCorrelator _correlator = new();
    private int _names;

    [Fact]
    public void The_same_again_raises_the_count_of_the_first()
    {
        var first = Observe("scaled up", Start);
        var again = Observe("scaled up", Start.AddSeconds(5));

        again.Should().NotBeNull();
        (again!.Metadata.Name, again.Count, again.FirstTimestamp).Should().Be((first!.Metadata.Name, 2, Start.UtcDateTime));
    }

    [Fact]
    public void From_the_tenth_message_on_similar_events_are_one()
    {
        var apart = Enumerable.Range(1, 9).Select(number => Observe($"message {number}", Start)!).ToList();
        apart.Should().OnlyContain(one => one.Count == 1 && !one.Message.StartsWith('('));

        var tenth = Observe("message 10", Start.AddSeconds(1))!;
        var eleventh = Observe("message 11", Start.AddSeconds(2))!;

        (tenth.Count, tenth.Message).Should().Be((1, "(combined from similar events): message 10"));
        (eleventh.Metadata.Name, eleventh.Count, eleventh.Message).Should().Be((tenth.Metadata.Name, 2, "(combined from similar events): message 11"));
        Observe("message 12", Start.AddSeconds(2), reason: "Other")!.Message.Should().Be("message 12");
    }

    [Fact]
    public void Ten_quiet_minutes_end_the_combining()
    {
        for (var number = 1; number <= 10; number++)
        {
            Observe($"message {number}", Start);
        }

        Observe("message 11", Start.AddMinutes(10))!.Message.Should().StartWith("(combined");
        Observe("message 12", Start.AddMinutes(20).AddSeconds(1))!.Message.Should().Be("message 12");
    }

    [Fact]
    public void Twenty_five_events_of_a_type_about_an_object_and_one_more_every_five_minutes()
    {
        for (var number = 1; number <= 25; number++)
        {
            Observe("again", Start).Should().NotBeNull();
        }

        Observe("again", Start).Should().BeNull();
        Observe("again", Start, about: "b").Should().NotBeNull("another object has its own");
        Observe("again", Start, type: "Warning").Should().NotBeNull("so has another type");
        Observe("again", Start.AddSeconds(299)).Should().BeNull();
        Observe("again", Start.AddSeconds(300))!.Count.Should().Be(28, "what was dropped has been counted");
        Observe("again", Start.AddSeconds(301)).Should().BeNull();
    }

    [Fact]
    public void What_is_known_of_is_bounded()
    {
        for (var number = 0; number <= 4096; number++)
        {
            Observe("again", Start, about: $"object-{number}");
        }

        Observe("again", Start, about: "object-0")!.Count.Should().Be(1, "it was longest ago");
        Observe("again", Start, about: "object-4096")!.Count.Should().Be(2);
    }

    private Corev1Event? Observe(string message, DateTimeOffset now, string reason = "Scaling", string about = "a", string type = "Normal")
    {
        var fresh = new Corev1Event
        {
            Metadata = new V1ObjectMeta { Name = $"{about}.{_names++}" },
            InvolvedObject = new V1ObjectReference { ApiVersion = "v1", Kind = "Pod", NamespaceProperty = "ns", Name = about, Uid = about },
            Source = new V1EventSource { Component = "test" },
            Type = type,
            Reason = reason,
            Message = message,
            FirstTimestamp = now.UtcDateTime,
            LastTimestamp = now.UtcDateTime,
            Count = 1,
        };
        return _correlator.Accepts(fresh, now) ? fresh : null;
    }
}
