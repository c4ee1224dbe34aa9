using ArgoRollouts.Models;
using ArgoRollouts.Traffic;
using k8s.Models;

namespace ArgoRollouts.Tests.Traffic;

public sealed class NginxCanaryIngressTests
{
    [Fact]
    public void The_canary_ingress_has_the_stable_rules_with_the_canary_backend_and_the_weight()
    {
        var ingress = NginxCanaryIngress.Build(Rollout(), Stable(), 20);

        ingress.Metadata.Name.Should().Be("demo-web-canary");
        ingress.Metadata.OwnerReferences.Should().ContainSingle().Which.Uid.Should().Be("uid");
        ingress.Metadata.Annotations.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["nginx.ingress.kubernetes.io/canary"] = "true",
            ["nginx.ingress.kubernetes.io/canary-weight"] = "20",
            ["nginx.ingress.kubernetes.io/canary-by-header"] = "X-Canary",
        });
        ingress.Spec.IngressClassName.Should().Be("nginx");
        ingress.Spec.Tls.Should().ContainSingle();
        var rule = ingress.Spec.Rules.Should().ContainSingle().Subject;
        rule.Host.Should().Be("a.example.com");
        rule.Http.Paths[0].Backend.Service.Name.Should().Be("canary");
    }

    [Fact]
    public void The_stable_ingress_itself_is_left_alone()
    {
        var stable = Stable();
        NginxCanaryIngress.Build(Rollout(), stable, 20);
        stable.Spec.Rules[0].Http.Paths[0].Backend.Service.Name.Should().Be("stable");
    }

    [Fact]
    public void Without_a_rule_for_the_stable_service_there_is_no_canary_ingress()
    {
        var stable = Stable();
        stable.Spec.Rules.RemoveAt(0);

        FluentActions.Invoking(() => NginxCanaryIngress.Build(Rollout(), stable, 20)).Should().Throw<InvalidOperationException>()
            .WithMessage("ingress `web` has no rules using service stable backend");
    }

    [Fact]
    public void A_long_name_is_cut_to_what_Kubernetes_allows()
        => NginxCanaryIngress.Name(Rollout(), new string('x', 253)).Should().HaveLength(253).And.EndWith("x-canary");

    private static Rollout Rollout() => Build.Canary(10, 20, with: rollout =>
    {
        var canary = rollout.Spec.Strategy.Canary!;
        (canary.StableService, canary.CanaryService) = ("stable", "canary");
        canary.TrafficRouting = new RolloutTrafficRouting
        {
            Nginx = new NginxTrafficRouting
            {
                StableIngress = "web",
                AdditionalIngressAnnotations = new Dictionary<string, string> { ["canary-by-header"] = "X-Canary" },
            },
        };
    });

    private static V1Ingress Stable() => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", Annotations = new Dictionary<string, string> { ["other"] = "x" } },
        Spec = new V1IngressSpec { IngressClassName = "nginx", Tls = [new V1IngressTLS { SecretName = "tls" }], Rules = [Rule("a.example.com", "stable"), Rule("b.example.com", "other")] },
    };

    private static V1IngressRule Rule(string host, string service) => new()
    {
        Host = host,
        Http = new V1HTTPIngressRuleValue
        {
            Paths = [new V1HTTPIngressPath { Path = "/", PathType = "Prefix", Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = service } } }],
        },
    };
}
