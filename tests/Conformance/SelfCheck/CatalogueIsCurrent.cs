using Conformance.Running;
using Fixtures.Reporting;
using FluentAssertions;

namespace Conformance.SelfCheck;

/// <summary>docs/scenarios.md is made from the code; ids are what reports and evidence are filed under.</summary>
public sealed class CatalogueIsCurrent
{
    [Fact]
    public void The_catalogue_in_docs_is_the_one_of_the_code() =>
        File.ReadAllText(Path.Combine(SuiteProgram.Root(), "docs", "scenarios.md")).Should().Be(
            CatalogueMarkdown.Of(ScenarioCatalogue.All),
            "it is made by: dotnet run --project tests/Conformance -- --catalogue > docs/scenarios.md");

    [Fact]
    public void Every_scenario_has_an_id_of_its_own_and_words() =>
        ScenarioCatalogue.All.Should().OnlyHaveUniqueItems(scenario => scenario.Id).And.OnlyContain(scenario => scenario.Words.Length > 20);

    /// <summary>R21 has no scenario: its providers are other people's services, which tests play. R25 is beyond the chapter.</summary>
    [Fact]
    public void Every_row_is_seen_kept_and_seen_refused()
    {
        var rows = TutorialRows.All.Select(row => row.Id).Except(["R21", "R25"]).ToList();
        ScenarioCatalogue.All.SelectMany(scenario => scenario.Keeps).Should().Contain(rows);
        ScenarioCatalogue.All.SelectMany(scenario => scenario.Refuses).Should().Contain(rows);
    }

    [Fact]
    public void Every_row_of_a_scenario_is_a_row_of_the_tutorial() =>
        ScenarioCatalogue.All.SelectMany(scenario => scenario.Rows).Should().BeSubsetOf(TutorialRows.All.Select(row => row.Id));
}
