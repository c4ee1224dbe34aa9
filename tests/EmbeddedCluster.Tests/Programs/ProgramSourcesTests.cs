using EmbeddedCluster.Programs;

namespace EmbeddedCluster.Tests.Programs;

public sealed class ProgramSourcesTests
{
    private static readonly PinnedProgram Prometheus = PinnedPrograms.Prometheus;

    [Fact]
    public void A_named_program_is_the_only_source()
        => Sources(new() { ["CONFORMANCE_PROMETHEUS"] = "/opt/prometheus", ["PATH"] = "/usr/bin" }, "/opt/prometheus", "/usr/bin/prometheus")
            .Should().Equal(new ProgramSource.Present("CONFORMANCE_PROMETHEUS", "/opt/prometheus"));

    [Fact]
    public void A_name_that_is_wrong_does_not_fall_back_to_another_program()
        => Sources(new() { ["CONFORMANCE_PROMETHEUS"] = "/opt/promtheus", ["PATH"] = "/usr/bin" }, "/usr/bin/prometheus")
            .Should().Equal(new ProgramSource.Absent(
                "CONFORMANCE_PROMETHEUS",
                "'/opt/promtheus' is not a file that can be executed",
                "set CONFORMANCE_PROMETHEUS to the full path of prometheus, or unset it"));

    [Fact]
    public void The_first_folder_of_the_path_that_has_it_comes_before_the_cache()
        => Sources(
                new() { ["PATH"] = "/usr/local/bin:/opt/bin:/usr/bin" },
                "/opt/bin/prometheus", "/usr/bin/prometheus", "/cache/prometheus-3.15.0.linux-amd64/prometheus")
            .Take(2).Should().Equal(
                new ProgramSource.Present("PATH", "/opt/bin/prometheus"),
                new ProgramSource.Present("cache", "/cache/prometheus-3.15.0.linux-amd64/prometheus"));

    [Fact]
    public void What_was_fetched_before_comes_before_fetching_and_the_release_before_the_package()
        => Sources(
                new() { ["PATH"] = "/usr/bin" },
                "/cache/prometheus-package/prometheus", "/usr/bin/apt-get", "/usr/bin/dpkg-deb")
            .Select(source => source.GetType().Name + " " + source.Description).Should().Equal(
                "Absent PATH", "Present cache", "Release release 3.15.0", "Package Debian package prometheus");

    [Fact]
    public void The_release_is_the_one_of_the_platform()
    {
        var release = Sources(new() { ["PATH"] = "/usr/bin" }).OfType<ProgramSource.Release>().Should().ContainSingle().Which;

        release.Archive.Address.Should().Be(
            new Uri("https://github.com/prometheus/prometheus/releases/download/v3.15.0/prometheus-3.15.0.linux-amd64.tar.gz"));
        release.Archive.Entry.Should().Be("prometheus-3.15.0.linux-amd64/prometheus");
        release.Target.Should().Be("/cache/prometheus-3.15.0.linux-amd64/prometheus");
    }

    [Fact]
    public void A_platform_without_a_release_is_named_with_those_that_have_one()
        => ProgramSources.InOrder(Prometheus, Machine(new Platform("freebsd", "riscv64"), new() { ["PATH"] = "/usr/bin" }, []))
            .OfType<ProgramSource.Absent>().Select(absent => absent.Reason).Should()
            .Contain("none is pinned for freebsd-riscv64 (pinned: darwin-amd64, darwin-arm64, linux-amd64, linux-arm64)")
            .And.Contain("this system has no apt-get");

    [Fact]
    public void Every_pinned_checksum_has_the_form_of_one_and_no_two_are_the_same()
        => Prometheus.Releases.Values.Select(archive => archive.Sha256).Should().OnlyHaveUniqueItems().And.AllSatisfy(sum => sum.Should().MatchRegex("^[0-9a-f]{64}$"));

    [Theory]
    [InlineData("/var/caches", "/var/caches/argo-conformance/programs")]
    [InlineData("", "/Users/reader/.cache/argo-conformance/programs")]
    [InlineData(null, "/Users/reader/.cache/argo-conformance/programs")]
    [InlineData("relative/is/ignored", "/Users/reader/.cache/argo-conformance/programs")]
    public void The_cache_is_where_the_base_directory_specification_puts_it(string? given, string expected)
        => EmbeddedCluster.Programs.Machine.CacheFolder(name => name == "XDG_CACHE_HOME" ? given : null, "/Users/reader").Should().Be(expected);

    [Theory]
    [InlineData("prometheus, version 3.15.0 (branch: HEAD, revision: 5241a27)", "3.15.0")]
    [InlineData("prometheus, version 2.42.0+ds (branch: debian/sid, revision: 2.42.0+ds-5+deb12u1)", "2.42.0")]
    [InlineData("prometheus, version 3.16.0-rc.0 (branch: HEAD)", "3.16.0-rc.0")]
    [InlineData("something else", "unknown")]
    public void A_version_is_read_without_what_distributions_append(string output, string version) => ProgramVersion.In(output).Should().Be(version);

    private static IReadOnlyList<ProgramSource> Sources(Dictionary<string, string?> variables, params string[] programs)
        => ProgramSources.InOrder(Prometheus, Machine(new Platform("linux", "amd64"), variables, programs));

    private static Machine Machine(Platform platform, Dictionary<string, string?> variables, string[] programs)
        => new(platform, variables.GetValueOrDefault, "/cache", programs.Contains);
}
