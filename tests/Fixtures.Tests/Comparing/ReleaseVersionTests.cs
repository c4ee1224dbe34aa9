using Fixtures.Comparing;

namespace Fixtures.Tests.Comparing;

/// <summary>The order of releases.</summary>
public sealed class ReleaseVersionTests
{
    [Fact]
    public void Releases_are_ordered_by_number_and_candidates_come_first()
    {
        string[] ordered = ["v0.10.2", "1.0.0-rc1", "v1.0.0", "v1.9.1", "v1.10.0-rc1", "v1.10.0-rc2", "v1.10.0", "v1.34.1+k3s1", "v3.5.1"];

        var versions = ordered.Select(text => ReleaseVersion.Parse(text)!).ToList();

        versions.Zip(versions.Skip(1)).Should().OnlyContain(pair => pair.First.IsBefore(pair.Second) && !pair.Second.IsBefore(pair.First));
        versions.Should().OnlyContain(version => !version.IsBefore(version));
    }

    [Theory]
    [InlineData("latest")]
    [InlineData("v1.9")]
    [InlineData("not found")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_none_is_null(string? text) => ReleaseVersion.Parse(text).Should().BeNull();
}
