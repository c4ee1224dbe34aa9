using System.Net;
using DemoApp;

namespace Kubernetes.Tests.Cluster;

public sealed class ColorAnswerTests
{
    private static readonly DemoOptions Blue = new() { Listen = new IPEndPoint(IPAddress.Loopback, 0), Color = "blue" };

    [Theory]
    [InlineData("blue", "blue", 0, 0)]
    [InlineData("bad-green", "green", 0, 15)]
    [InlineData("slow-red", "red", 2, 0)]
    [InlineData("latest", null, 0, 0)]
    public void Tags_stand_for_what_upstream_built(string tag, string? color, double latency, int errors)
        => DemoImage.FromTag(tag).Should().Be(new DemoImage(color, latency, errors));

    [Fact]
    public void There_is_no_image_of_a_misspelt_colour() => DemoImage.FromTag("bleu").Should().BeNull();

    [Fact]
    public void The_environment_overrides_the_image()
    {
        var image = DemoImage.FromTag("blue")!;

        image.With(new Dictionary<string, string> { ["COLOR"] = "red", ["ERROR_RATE"] = "40", ["LATENCY"] = "1.5" }).Should().Be(new DemoImage("red", 1.5, 40));
        FluentActions.Invoking(() => image.With(new Dictionary<string, string> { ["ERROR_RATE"] = "many" }))
            .Should().Throw<FormatException>().WithMessage("failed to parse ERROR_RATE: many");
    }

    [Fact]
    public void An_error_rate_is_upstreams_way_round()
    {
        var options = Blue with { ErrorRate = 15 };

        ColorAnswer.For(options, [], _ => 14).StatusCode.Should().Be(200);
        ColorAnswer.For(options, [], _ => 15).StatusCode.Should().Be(500);
        ColorAnswer.For(Blue, [], _ => 99).StatusCode.Should().Be(200, "0 is no errors");
    }

    [Fact]
    public void The_sliders_of_one_colour_act_on_that_colour()
    {
        var requests = ColorRequest.Read("""[{"color":"blue","return500":50,"delayLength":1.9},{"color":"red","return500":100}]""");

        ColorAnswer.For(Blue, requests, _ => 50).Should().Be(new ColorAnswer("blue", TimeSpan.FromSeconds(1), 500));
        ColorAnswer.For(Blue, requests, _ => 51).StatusCode.Should().Be(200);
        ColorRequest.Read("\"[]\"").Should().BeEmpty();
    }
}
