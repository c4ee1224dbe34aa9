using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Live;

/// <summary>Images of a workload's containers (<c>kube.GetResourceImages</c>).</summary>
internal static class ContainerImages
{
    public static IReadOnlyList<string> Of(JsonObject @object)
    {
        var spec = @object.Text("kind") switch
        {
            "Pod" => @object.At("spec"),
            "CronJob" => @object.At("spec", "jobTemplate", "spec", "template", "spec"),
            _ => @object.At("spec", "template", "spec"),
        };
        return [.. spec.Objects("containers").Concat(spec.Objects("initContainers")).Select(container => container.Text("image")).OfType<string>().Distinct()];
    }
}
