using System.Text.RegularExpressions;
using Controllers.Runtime;
using Kubernetes.Network.Ingress.Metrics;
using Kubernetes.Network.Ingress.Proxying;
using Kubernetes.Network.Ingress.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kubernetes.Tests.Network;

public sealed class RequestMetricsTests
{
    private readonly RequestMetrics _metrics = new("ingress-nginx", "pod", "k8s.io/ingress-nginx");

    [Fact]
    public void A_duration_counts_in_its_bucket_and_in_every_wider_one()
    {
        var labels = new RequestLabels("shop", "demo", "blue", "", "shop.example.com", "/a\"b", "GET", "200");

        _metrics.Record(labels, TimeSpan.FromMilliseconds(20));
        _metrics.Record(labels, TimeSpan.FromSeconds(60));

        const string Labels = "canary=\"\",controller_class=\"k8s.io/ingress-nginx\",controller_namespace=\"ingress-nginx\",controller_pod=\"pod\","
            + "host=\"shop.example.com\",ingress=\"shop\",method=\"GET\",namespace=\"demo\",path=\"/a\\\"b\",service=\"blue\",status=\"200\"";
        const string Duration = "nginx_ingress_controller_request_duration_seconds";
        _metrics.Write().Split('\n').Should().Contain(
        [
            $"nginx_ingress_controller_requests{{{Labels}}} 2",
            $"{Duration}_bucket{{{Labels},le=\"0.01\"}} 0",
            $"{Duration}_bucket{{{Labels},le=\"0.025\"}} 1",
            $"{Duration}_bucket{{{Labels},le=\"10\"}} 1",
            $"{Duration}_bucket{{{Labels},le=\"+Inf\"}} 2",
            $"{Duration}_sum{{{Labels}}} 60.02",
            $"{Duration}_count{{{Labels}}} 2",
        ]);
    }

    [Fact]
    public async Task What_was_counted_for_an_ingress_goes_with_it()
    {
        using var proxy = new IngressProxy(_metrics, TimeProvider.System, new Random(1), NullLoggerFactory.Instance);
        proxy.Use(Routes("stays", "goes"));
        await AskAsync(proxy, "stays");
        await AskAsync(proxy, "goes");
        Counted().Should().BeEquivalentTo("stays", "goes");

        proxy.Use(Routes("stays"));

        Counted().Should().Equal("stays");
    }

    private static Task AskAsync(IngressProxy proxy, string name)
    {
        var context = new DefaultHttpContext { Request = { Method = "GET", Host = new HostString($"{name}.example.com"), Path = "/" } };
        return proxy.HandleAsync(context);
    }

    private static RouteTable Routes(params string[] names) => new(
        names.Select(name => new PathRoute
        {
            Ingress = new NamespacedName("demo", name),
            Host = $"{name}.example.com",
            Path = "/",
            PathType = "Prefix",
            Backend = new RouteBackend(new NamespacedName("demo", name), Exists: true, []),
        }),
        @default: null);

    private IEnumerable<string> Counted()
        => Regex.Matches(_metrics.Write(), "^nginx_ingress_controller_requests{.*ingress=\"(?<ingress>[^\"]*)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["ingress"].Value);
}
