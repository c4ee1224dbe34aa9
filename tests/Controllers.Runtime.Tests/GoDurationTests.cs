namespace Controllers.Runtime.Tests;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("10s", 10_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("1h15m30.918s", 4_530_918)]
    [InlineData("-1.5h", -5_400_000)]
    [InlineData("+5s", 5_000)]
    [InlineData(".5s", 500)]
    [InlineData("3000ms", 3_000)]
    [InlineData("2000us", 2)]
    [InlineData("2000µs", 2)]
    [InlineData("2000000ns", 2)]
    public void A_go_duration_is_read_as_go_reads_it(string text, double milliseconds)
        => GoDuration.Parse(text).Should().Be(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("", "time: invalid duration \"\"")]
    [InlineData("3", "time: missing unit in duration \"3\"")]
    [InlineData("-", "time: invalid duration \"-\"")]
    [InlineData("s", "time: invalid duration \"s\"")]
    [InlineData(".", "time: invalid duration \".\"")]
    [InlineData("3d", "time: unknown unit \"d\" in duration \"3d\"")]
    [InlineData("1 s", "time: unknown unit \" s\" in duration \"1 s\"")]
    [InlineData("3000000h", "time: invalid duration \"3000000h\"")]
    public void What_is_no_duration_is_refused_in_gos_words(string text, string message)
        => FluentActions.Invoking(() => GoDuration.Parse(text)).Should().Throw<FormatException>().WithMessage(message);
}
