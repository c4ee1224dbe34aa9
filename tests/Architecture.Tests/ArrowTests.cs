using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Architecture.Tests;

/// <summary>The arrows of the house (docs/architecture.md) point one way.</summary>
public sealed class ArrowTests
{
    private static readonly ArchUnitNET.Domain.Architecture House = new ArchLoader().LoadAssemblies(Assemblies()).Build();

    /// <summary>Each line: who, may not know, because.</summary>
    public static TheoryData<string, string, string> Arrows { get; } = new()
    {
        { @"^Kubernetes\.Store", @"^Kubernetes\.(Api|Controllers|Node|Network)", "the store knows revisions and bytes, nothing above it" },
        { @"^Kubernetes\.Store", @"^Microsoft\.AspNetCore", "the store knows no HTTP" },
        { @"^Kubernetes\.Cel", @"^Kubernetes\.(Api|Store|Controllers|Node|Network)", "expressions are evaluated over plain values" },
        { @"^Kubernetes\.Api", @"^Kubernetes\.(Controllers|Node|Network)", "the API serves controllers and the node without knowing them" },
        { @"^Kubernetes\.Controllers", @"^Kubernetes\.(Api|Store)", "controllers talk only through the Kubernetes API" },
        { @"^Controllers\.Runtime", @"^(Kubernetes|ArgoRollouts|ArgoCd|EmbeddedCluster)(\.|$)", "the runtime serves all controllers and knows none" },
        { @"^ArgoRollouts", @"^(Kubernetes|ArgoCd|DemoApp|EmbeddedCluster|Fixtures)(\.|$)", "Rollouts runs against any Kubernetes" },
        { @"^ArgoCd", @"^(Kubernetes|ArgoRollouts|DemoApp|EmbeddedCluster|Fixtures)(\.|$)", "Argo CD runs against any Kubernetes" },
        { @"^(Kubernetes|DemoApp|EmbeddedCluster)(\.|$)", @"^Fixtures", "nothing in src knows the fixtures" },
        { @"^Conformance", @"^(Kubernetes|ArgoRollouts|ArgoCd|DemoApp|EmbeddedCluster)(\.|$)", "a scenario never asks which target it runs on" },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void Arrows_point_one_way(string who, string mayNotKnow, string because)
        => Types().That().ResideInNamespaceMatching(who)
            .Should().NotDependOnAny(Types(includeReferenced: true).That().ResideInNamespaceMatching(mayNotKnow))
            .Because(because)
            .WithoutRequiringPositiveResults()
            .Check(House);

    [Fact]
    public void The_house_is_loaded_whole()
        => House.Assemblies.Select(assembly => assembly.Name.Split(',')[0])
            .Should().Contain(["Kubernetes", "Controllers.Runtime", "ArgoRollouts", "ArgoCd", "DemoApp", "EmbeddedCluster", "Fixtures", "Conformance"]);

    private static System.Reflection.Assembly[] Assemblies()
        => [.. new[] { "Kubernetes", "Controllers.Runtime", "ArgoRollouts", "ArgoCd", "DemoApp", "EmbeddedCluster", "Fixtures", "Conformance" }
            .Select(System.Reflection.Assembly.Load)];
}
