using ArgoCd.Applications;

namespace ArgoCd.Tests.Applications;

public sealed class ApplicationConditionsTests
{
    private static readonly DateTimeOffset Before = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Before.AddMinutes(1);

    private static ApplicationCondition Old(string type, string message) => new() { Type = type, Message = message, LastTransitionTime = Before };

    [Fact]
    public void A_condition_that_says_the_same_keeps_its_time()
        => ApplicationConditions.Set([Old("ComparisonError", "x")], [ApplicationCondition.Of("ComparisonError", "x")], Now, "ComparisonError")
            .Should().Equal(Old("ComparisonError", "x"));

    [Fact]
    public void A_condition_that_says_something_else_gets_a_new_time()
        => ApplicationConditions.Set([Old("ComparisonError", "x")], [ApplicationCondition.Of("ComparisonError", "y")], Now, "ComparisonError")!
            .Should().ContainSingle().Which.LastTransitionTime.Should().Be(Now);

    [Fact]
    public void Conditions_of_types_not_evaluated_stay()
        => ApplicationConditions.Set([Old("SyncError", "x"), Old("ComparisonError", "y")], [], Now, "ComparisonError").Should().Equal(Old("SyncError", "x"));

    [Fact]
    public void Without_conditions_there_is_no_list() => ApplicationConditions.Set([Old("SyncError", "x")], [], Now, "SyncError").Should().BeNull();

    [Fact]
    public void Conditions_are_put_into_one_error_as_upstream_does()
        => ApplicationConditions.Format([Old("InvalidSpecError", "a"), Old("ComparisonError", "b")]).Should().Be("InvalidSpecError: a;ComparisonError: b");
}
