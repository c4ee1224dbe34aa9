using EmbeddedCluster.Images.Extensions;
using EmbeddedCluster.Images.Prometheus;
using EmbeddedCluster.Images.Rollouts;
using EmbeddedCluster.Programs;
using Kubernetes.Network.Ingress;
using Kubernetes.Node.Images;
using Kubernetes.Node.Programs;

namespace EmbeddedCluster.Images;

/// <summary>What the images of the stack and of the tutorial's applications run in an embedded cluster.</summary>
internal static class StackImages
{
    /// <summary>Repository of the image that a program of the machine is needed for.</summary>
    public const string Prometheus = "quay.io/prometheus/prometheus";

    /// <summary>The images that need nothing from outside.</summary>
    /// <param name="ingress">The ingress controller.</param>
    /// <param name="randomness">Decides which answers of the demo are errors.</param>
    /// <param name="rollouts">Real controllers to run as the image of Argo Rollouts, or null; a tag for which there is none is no image.</param>
    public static ImageCatalogue Catalogue(IngressProgram ingress, Randomness randomness, RolloutsPrograms? rollouts) => new ImageCatalogue()
        .Add("registry.k8s.io/ingress-nginx/controller", ingress)
        .Add("quay.io/argoproj/argo-rollouts", rollouts is null ? new RolloutsProgram() : new RolloutsProcess(rollouts), tag => rollouts is null || rollouts.Of(tag) is not null)
        .Add("quay.io/argoproj/argocd", new ArgoCdProgram())
        .Add("quay.io/argoprojlabs/argocd-extension-installer", new ExtensionInstallerProgram())
        .Add("alpine", new ProcessProgram("/bin/sh"))
        .Add("busybox", new ProcessProgram("/bin/sh"))
        .Add("argoproj/rollouts-demo", new DemoProgram(randomness), DemoProgram.HasTag);

    /// <summary>Adds the image of Prometheus, which runs the program.</summary>
    public static void AddPrometheus(this ImageCatalogue images, FoundProgram program)
        => images.Add(Prometheus, new PrometheusProgram(program));
}
