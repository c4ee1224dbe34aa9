using Fixtures.Clusters.Kubeconfig;

namespace Fixtures.Tests.Clusters;

public sealed class ProductionGuardTests
{
    private static readonly ClusterLook Sandbox = new("kind-sandbox", "https://127.0.0.1:6443", ["node-1"], Namespaces("default", "kube-system", "products", "delivery"), false);

    [Fact]
    public void A_cluster_for_trying_things_may_be_used() => ProductionGuard.Refusal(Sandbox, null).Should().BeNull();

    [Theory]
    [InlineData("eks-prod", "its name says so")]
    [InlineData("PRODUCTION", "its name says so")]
    [InlineData("gke_shop_europe-west1_live", "its name says so")]
    public void A_name_that_says_production_is_refused_with_the_way_out(string context, string sign)
        => ProductionGuard.Refusal(Sandbox with { Context = context }, null)
            .Should().Be($"context {context} looks like production: {sign}; nothing was touched. If it is meant: --i-mean-it {context}");

    [Fact]
    public void So_are_an_address_a_node_a_namespace_and_a_label_that_say_so()
    {
        Sign(Sandbox with { Server = "https://api.prod.example.com" }).Should().Contain("its address https://api.prod.example.com says so");
        Sign(Sandbox with { Nodes = ["prod-7"] }).Should().Contain("its node prod-7 says so");
        Sign(Sandbox with { Namespaces = Namespaces("shop-production") }).Should().Contain("it has a namespace shop-production");
        var labelled = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["shop"] = new Dictionary<string, string> { ["example.com/env"] = "prod" } };
        Sign(Sandbox with { Namespaces = labelled }).Should().Contain("namespace shop is labelled example.com/env=prod");
        Sign(Sandbox with { Nodes = [.. Enumerable.Range(1, 11).Select(number => $"n{number}")] }).Should().Contain("it has 11 nodes");
    }

    [Fact]
    public void Naming_the_context_a_second_time_lets_it_be_used_and_naming_another_does_not()
    {
        var production = Sandbox with { Context = "eks-prod" };

        ProductionGuard.Refusal(production, "eks-prod").Should().BeNull();
        ProductionGuard.Refusal(production, "eks-staging").Should().Be("--i-mean-it eks-staging: the chosen context is eks-prod; nothing was touched");
        ProductionGuard.Refusal(Sandbox, "eks-prod").Should().Be("--i-mean-it eks-prod: the chosen context is kind-sandbox; nothing was touched", "somebody thinks of another cluster");
    }

    private static string? Sign(ClusterLook look) => ProductionGuard.Refusal(look, null);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Namespaces(params string[] names)
        => names.ToDictionary(name => name, _ => (IReadOnlyDictionary<string, string>)new Dictionary<string, string>());
}
