using Fixtures.Reporting.Charts;

namespace Fixtures.Tests.Reporting;

public sealed class MeasuredValueTests
{
    [Theory]
    [InlineData("0.97", 0.97)]
    [InlineData("[0.97]", 0.97)]
    [InlineData("[0.97,0.5]", 0.97)]
    [InlineData("-3e2", -300)]
    public void A_number_is_read(string value, double number) => MeasuredValue.Of(value).Should().Be(number);

    [Theory]
    [InlineData("[NaN]")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("\"green\"")]
    [InlineData("{\"ok\":true}")]
    public void What_is_no_number_has_none(string value) => MeasuredValue.Of(value).Should().BeNull();

    [Fact]
    public void Thresholds_are_the_numbers_that_a_condition_compares_with()
    {
        MeasuredValue.Thresholds("isNaN(result[0]) || result[0] > 0.90").Should().Equal(0.9);
        MeasuredValue.Thresholds("result >= 1 && result<=20").Should().Equal(1, 20);
        MeasuredValue.Thresholds("result == \"green\"").Should().BeEmpty();
    }
}
