using Fixtures.Recording;
using Fixtures.Running;
using Fixtures.Tests.Reporting;

namespace Fixtures.Tests.Running;

public sealed class SuiteOptionReaderTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    private static readonly ScenarioInfo[] Catalogue = [SampleRun.Promotion, SampleRun.Deletion, SampleRun.Query];

    [Fact]
    public void Without_options_everything_runs_at_the_default_speed() =>
        SuiteOptionReader.Read([], Nothing).Should().BeEquivalentTo(new SuiteOptions());

    [Fact]
    public void Options_are_taken_from_the_command_line()
    {
        var options = SuiteOptionReader.Read(["--filter", "BG-05", "--filter=BG-06", "--row", "r10,R11", "--speed", "2.5", "--keep"], Nothing);

        options.Should().BeEquivalentTo(new SuiteOptions { Filter = ["BG-05", "BG-06"], Rows = ["R10", "R11"], Speed = 2.5, Keep = true });
    }

    [Fact]
    public void The_environment_is_read_and_the_command_line_wins()
    {
        var environment = new Dictionary<string, string> { ["CONFORMANCE_ROW"] = "R5", ["CONFORMANCE_SPEED"] = "3", ["CONFORMANCE_REPEAT"] = "20", ["CONFORMANCE_SEED"] = "7", ["CONFORMANCE_KEEP"] = "false", ["PATH"] = "x" };

        SuiteOptionReader.Read(["--row", "R6"], environment).Should().BeEquivalentTo(new SuiteOptions { Rows = ["R6"], Speed = 3, Repeat = 20, Seed = 7 });
    }

    [Theory]
    [InlineData("unknown option --sped: did you mean --speed?", "--sped", "3")]
    [InlineData("unknown option --frobnicate: --help lists the options", "--frobnicate")]
    [InlineData("--speed needs a value: --speed N", "--speed")]
    [InlineData("--speed fast: must be a number from 0.1 to 200", "--speed", "fast")]
    [InlineData("--row R26: there is no such row; the tutorial has R1 to R25", "--row", "R26")]
    [InlineData("--repeat 0: must be a whole number from 1 to 1000", "--repeat=0")]
    [InlineData("--repeat 2.5: must be a whole number from 1 to 1000", "--repeat", "2.5")]
    [InlineData("--jobs 65: must be a whole number from 1 to 64", "--jobs", "65")]
    [InlineData("--seed x: must be a whole number from 0 to 2147483647", "--seed", "x")]
    [InlineData("--keep maybe: takes no value (in the environment: true or false)", "--keep=maybe")]
    public void A_wrong_option_is_named_with_what_would_be_right(string message, params string[] arguments)
    {
        var act = () => SuiteOptionReader.Read(arguments, Nothing);

        act.Should().Throw<OptionException>().WithMessage(message);
    }

    [Fact]
    public void A_wrong_variable_is_named_with_the_nearest_right_one()
    {
        var act = () => SuiteOptionReader.Read([], new Dictionary<string, string> { ["CONFORMANCE_ROWS"] = "R1" });

        act.Should().Throw<OptionException>().WithMessage("unknown option CONFORMANCE_ROWS: did you mean CONFORMANCE_ROW?");
    }

    [Fact]
    public void A_skip_is_a_failure_when_the_command_line_or_the_environment_says_so()
    {
        SuiteOptionReader.Read(["--strict"], Nothing).Strict.Should().BeTrue();
        SuiteOptionReader.Read([], new Dictionary<string, string> { ["CONFORMANCE_STRICT"] = "1" }).Strict.Should().BeTrue();
        SuiteOptionReader.Read([], Nothing).Strict.Should().BeFalse();
    }

    [Fact]
    public void Variables_that_say_where_programs_lie_are_no_options() =>
        SuiteOptionReader.Read([], new Dictionary<string, string> { ["CONFORMANCE_KUBECTL"] = "/bin/kubectl", ["CONFORMANCE_PROMETHEUS"] = "/bin/prometheus" })
            .Should().BeEquivalentTo(new SuiteOptions());

    [Fact]
    public void The_help_names_every_option() =>
        SuiteOptionReader.Help().Should().ContainAll("--filter TEXT", "--row ROW", "--speed N", "--jobs N", "--repeat N", "--seed N", "--keep", "--strict", "--help", "CONFORMANCE_ROW=R10");

    [Theory]
    [InlineData("BG-05", "BG-05")]
    [InlineData("BG-05", "bg-05")]
    [InlineData("BG-06", "deleting_leaves")]
    [InlineData("AP-01", "Analysis")]
    public void A_filter_is_an_id_a_piece_of_a_title_or_a_chapter(string expected, string filter) =>
        Selection.Of(new() { Filter = [filter] }, Catalogue).Select(scenario => scenario.Id).Should().Equal(expected);

    [Fact]
    public void A_selection_of_nothing_says_what_there_is()
    {
        var act = () => Selection.Of(new() { Filter = ["BG-50"] }, Catalogue);

        act.Should().Throw<OptionException>().WithMessage("no scenario matches --filter BG-50 (did you mean BG-05?); there are BG-05, BG-06, AP-01");
    }

    [Fact]
    public void A_seed_is_drawn_when_none_is_given()
    {
        new SuiteOptions().Seeded().Seed.Should().BeInRange(1, 999_999);
        new SuiteOptions { Seed = 7 }.Seeded().Seed.Should().Be(7);
    }

    [Fact]
    public void The_command_for_one_scenario_keeps_what_differs_from_the_default()
    {
        new SuiteOptions().CommandFor("BG-05").Should().Be("dotnet run --project tests/Conformance -- --filter BG-05");
        new SuiteOptions { Speed = 2.5 }.CommandFor("BG-05").Should().Be("dotnet run --project tests/Conformance -- --filter BG-05 --speed 2.5");
        new SuiteOptions { Seed = 42 }.CommandFor("BG-05").Should().Be("dotnet run --project tests/Conformance -- --filter BG-05 --seed 42");
    }
}
