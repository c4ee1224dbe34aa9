using System.CommandLine;

namespace EmbeddedCluster.Containers;

/// <summary>
/// <c>container IMAGE …</c>: what an image of the catalogue runs, as the process of a real container. So this project's controllers run as pods
/// of any cluster, under the names of upstream's images.
/// </summary>
internal static class ContainerCommand
{
    private static readonly Argument<string> Image = new("IMAGE") { Description = "The image that the container is of, e.g. quay.io/argoproj/argo-rollouts:v1.9.1" };

    public static Command Create(Func<string, IReadOnlyList<string>, CancellationToken, Task<int>> run)
    {
        var command = new Command("container", "Run what an image is here as the process of a container elsewhere; further arguments are the container's")
        {
            Image,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancel) => run(parsed.GetValue(Image)!, [.. parsed.UnmatchedTokens], cancel));
        return command;
    }
}
