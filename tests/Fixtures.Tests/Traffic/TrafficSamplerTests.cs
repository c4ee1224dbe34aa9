using System.Net;
using Fixtures.Traffic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fixtures.Tests.Traffic;

public sealed class TrafficSamplerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_host_is_asked_by_its_name_over_the_ingress_and_every_answer_is_kept()
    {
        var colour = "\"blue\"";
        await using var ingress = await IngressAsync(context => context.Request.Host.Host == "app.argocd.example.com"
            ? context.Response.WriteAsync(colour)
            : Refuse(context));
        await using var sampler = new TrafficSampler(ingress.Address, TimeProvider.System, TimeSpan.FromMilliseconds(5));

        var app = sampler.Follow("app.argocd.example.com");
        var other = sampler.Follow("other.example.com");
        await app.Timeline.GrownBeyondAsync(3, Stop);
        colour = "\"green\"";
        await app.Timeline.GrownBeyondAsync(app.Timeline.Count + 2, Stop);
        await other.Timeline.GrownBeyondAsync(2, Stop);

        SwitchCheck.Problem(app.Timeline.Since(), "blue", "green").Should().BeNull();
        other.Timeline.Since().Should().OnlyContain(answer => answer.Failure == "503 Service Unavailable" && answer.Status == 503);
    }

    [Fact]
    public async Task A_connection_that_is_refused_is_an_answer_too()
    {
        IPEndPoint closed;
        await using (var ingress = await IngressAsync(_ => Task.CompletedTask))
        {
            closed = ingress.Address;
        }

        await using var sampler = new TrafficSampler(closed, TimeProvider.System, TimeSpan.FromMilliseconds(5));
        var app = sampler.Follow("app.argocd.example.com");
        await app.Timeline.GrownBeyondAsync(1, Stop);

        app.Timeline.Since()[0].Failure.Should().Contain("refused");
        app.Timeline.Since()[0].Status.Should().BeNull();
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    }

    private static async Task<Ingress> IngressAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(answer);
        await web.StartAsync(Stop);
        return new(web);
    }

    private sealed record Ingress(WebApplication Web) : IAsyncDisposable
    {
        public IPEndPoint Address => IPEndPoint.Parse(new Uri(Web.Urls.Single()).Authority);

        public ValueTask DisposeAsync() => Web.DisposeAsync();
    }
}
