namespace EmbeddedCluster.Tests.Program;

/// <summary><c>container IMAGE …</c>, as the entry point of an image for clusters with real nodes.</summary>
public sealed class ContainerTests
{
    [Fact]
    public async Task It_runs_what_the_image_is_and_ends_with_its_code()
    {
        await using var container = await ClusterProcess.StartAsync("container", "alpine:3.8", "-c", "echo \"$0 says --speed=3\"; exit 3", "sh");

        (await container.EndAsync()).Should().Be(3);
        container.Output.Should().Contain("sh says --speed=3");
    }

    [Theory]
    [InlineData("registry.example.com/nowhere:1", 127, "image registry.example.com/nowhere:1: this program does not have it")]
    [InlineData("No Image", 1, "couldn't parse image name \"No Image\": invalid reference format")]
    public async Task An_image_that_it_does_not_have_is_said(string image, int code, string said)
    {
        await using var container = await ClusterProcess.StartAsync("container", image);

        (await container.EndAsync()).Should().Be(code);
        container.Output.Should().Contain(said);
    }
}
