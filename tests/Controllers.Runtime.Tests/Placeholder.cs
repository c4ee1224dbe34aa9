namespace Controllers.Runtime.Tests;

public sealed class Placeholder
{
    [Fact]
    public void It_builds() => true.Should().BeTrue();
}
