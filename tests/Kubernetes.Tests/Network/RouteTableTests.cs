using System.Net;
using Controllers.Runtime;
using k8s.Models;
using Kubernetes.Network.Ingress.Routing;
using Kubernetes.Network.Services;

namespace Kubernetes.Tests.Network;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("a.example.com", "/", "root")]
    [InlineData("A.example.com", "/api", "api")]
    [InlineData("a.example.com", "/api/v1", "api")]
    [InlineData("a.example.com", "/apiary", "root")]
    [InlineData("a.example.com", "/exact", "exact")]
    [InlineData("a.example.com", "/exact/more", "root")]
    [InlineData("x.wild.com", "/", "wild")]
    [InlineData("x.y.wild.com", "/", null)]
    [InlineData("other.com", "/", null)]
    public void Requests_find_the_longest_path_of_their_host(string host, string path, string? service)
    {
        var routes = Routes(
            Ingress("one", ("a.example.com", "/", "Prefix", "root"), ("a.example.com", "/api", "Prefix", "api"), ("a.example.com", "/exact", "Exact", "exact")),
            Ingress("two", ("*.wild.com", "/", "ImplementationSpecific", "wild")));

        routes.Find(host, path)?.Backend.Service.Name.Should().Be(service);
    }

    [Fact]
    public void Only_ingresses_of_our_class_count_by_field_or_by_the_older_annotation()
    {
        var foreign = Ingress("foreign", ("f.com", "/", "Prefix", "s"));
        foreign.Spec.IngressClassName = "traefik";
        var annotated = Ingress("annotated", ("n.com", "/", "Prefix", "s"));
        annotated.Spec.IngressClassName = null;
        annotated.Metadata.Annotations = new Dictionary<string, string> { ["kubernetes.io/ingress.class"] = "nginx" };

        var routes = Routes(foreign, annotated);

        routes.Find("f.com", "/").Should().BeNull();
        routes.Find("n.com", "/").Should().NotBeNull();
    }

    [Fact]
    public void A_default_backend_takes_what_matches_nothing()
    {
        var ingress = Ingress("one", ("a.com", "/only", "Exact", "s"));
        ingress.Spec.DefaultBackend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = "fallback", Port = new V1ServiceBackendPort { Number = 80 } } };

        Routes(ingress).Find("a.com", "/else")!.Backend.Service.Name.Should().Be("fallback");
        Routes(ingress).Find("b.com", "/")!.Backend.Service.Name.Should().Be("fallback");
    }

    [Fact]
    public void A_canary_is_chosen_by_header_then_cookie_then_weight()
    {
        var rule = new CanaryRule { Header = "x-canary", Cookie = "canary", Weight = 20 };

        Takes(rule, header: "always", draw: 99).Should().BeTrue();
        Takes(rule, header: "never", draw: 0).Should().BeFalse();
        Takes(rule, cookie: "always", draw: 99).Should().BeTrue();
        Takes(rule, draw: 19).Should().BeTrue();
        Takes(rule, draw: 20).Should().BeFalse();
        Takes(rule with { HeaderValue = "yes" }, header: "yes", draw: 99).Should().BeTrue();
    }

    [Fact]
    public void Traffic_goes_to_ready_pods_and_to_terminating_ones_only_when_there_is_no_other()
    {
        var slice = new V1EndpointSlice
        {
            Ports = [new Discoveryv1EndpointPort { Name = "http", Port = 8080 }],
            Endpoints = [Endpoint("127.64.0.1", ready: true), Endpoint("127.64.0.2", ready: false, serving: true), Endpoint("127.64.0.3", ready: false)],
        };

        ServiceBackends.For([slice], "http").Select(backend => backend.Address).Should().Equal(IPEndPoint.Parse("127.64.0.1:8080"));
        slice.Endpoints.RemoveAt(0);
        ServiceBackends.For([slice], "http").Select(backend => backend.Address).Should().Equal(IPEndPoint.Parse("127.64.0.2:8080"));
        ServiceBackends.For([slice], "other").Should().BeEmpty();
    }

    private static bool Takes(CanaryRule rule, string? header = null, string? cookie = null, int draw = 0) => rule.Takes(_ => header, _ => cookie, _ => draw);

    private static V1Endpoint Endpoint(string address, bool ready, bool serving = false)
        => new() { Addresses = [address], Conditions = new V1EndpointConditions { Ready = ready, Serving = ready || serving } };

    private static RouteTable Routes(params V1Ingress[] ingresses)
        => RouteTableFrom.Observed(ingresses, new HashSet<string> { "nginx" }, Service, _ => []);

    private static V1Service Service(NamespacedName name)
        => new() { Metadata = new V1ObjectMeta { Name = name.Name }, Spec = new V1ServiceSpec { Ports = [new V1ServicePort { Name = "http", Port = 80 }] } };

    private static V1Ingress Ingress(string name, params (string Host, string Path, string Type, string Service)[] paths) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "shop" },
        Spec = new V1IngressSpec
        {
            IngressClassName = "nginx",
            Rules =
            [
                .. paths.Select(path => new V1IngressRule
                {
                    Host = path.Host,
                    Http = new V1HTTPIngressRuleValue
                    {
                        Paths =
                        [
                            new V1HTTPIngressPath
                            {
                                Path = path.Path,
                                PathType = path.Type,
                                Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = path.Service, Port = new V1ServiceBackendPort { Name = "http" } } },
                            },
                        ],
                    },
                }),
            ],
        },
    };
}
