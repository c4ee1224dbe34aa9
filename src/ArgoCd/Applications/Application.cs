using System.Text.Json.Nodes;
using ArgoCd.Json;
using Controllers.Runtime;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoCd.Applications;

/// <summary>An Application, read from the object as stored. Changes go back as patches, so that fields unknown here survive.</summary>
internal sealed class Application(Unstructured @object)
{
    public const string RefreshAnnotation = "argocd.argoproj.io/refresh";
    public const string RefreshTimestampAnnotation = "argocd.argoproj.io/refresh-timestamp";
    public const string Finalizer = "resources-finalizer.argocd.argoproj.io";
    public const string ForegroundFinalizer = Finalizer + "/foreground";
    public const string BackgroundFinalizer = Finalizer + "/background";

    /// <summary>Has no status subresource, as upstream's CRD has none.</summary>
    public static Resource<Unstructured> Resource { get; } = new("argoproj.io", "v1alpha1", "applications", "Application");

    public Unstructured Object { get; } = @object;

    public V1ObjectMeta Metadata => Object.Metadata;

    public NamespacedName Key => NamespacedName.Of(Object);

    public string Name => Metadata.Name;

    public ApplicationSpec Spec { get; } = ArgoJson.Read<ApplicationSpec>(@object.Json["spec"]);

    public ApplicationStatus Status { get; } = ArgoJson.Read<ApplicationStatus>(@object.Json["status"]);

    public Operation? Operation { get; } = @object.Json["operation"] is JsonObject operation ? ArgoJson.Read<Operation>(operation) : null;

    public bool IsTerminating => Metadata.IsTerminating();

    /// <summary>Whether deletion takes the resources along.</summary>
    public bool CascadedDeletion => Metadata.Finalizers?.Any(IsCascading) == true;

    /// <summary><c>normal</c> or <c>hard</c> when a refresh was asked for by annotation.</summary>
    public string? RefreshRequested => Metadata.Annotation(RefreshAnnotation) switch
    {
        null => null,
        "hard" => "hard",
        _ => "normal",
    };

    public bool HasBackgroundDeletion => Metadata.Finalizers?.Contains(BackgroundFinalizer) == true;

    public static bool IsCascading(string finalizer) => finalizer is Finalizer or ForegroundFinalizer or BackgroundFinalizer;
}
