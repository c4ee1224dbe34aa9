using System.Text.RegularExpressions;
using ArgoRollouts.ReplicaSets;
using k8s.Models;

namespace ArgoRollouts.Validation;

/// <summary>
/// The part of Kubernetes' own checks of a ReplicaSet's template that a Rollout most often violates: labels, containers, restart policy
/// (kubernetes apis/apps/validation, ValidatePodTemplateSpecForReplicaSet). The API server checks the rest when the ReplicaSet is created.
/// </summary>
internal static partial class PodTemplateValidation
{
    private const string Path = "spec.template";

    private const string LabelMessage =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    public static IEnumerable<FieldError> Validate(V1PodTemplateSpec? template, V1LabelSelector? selector)
    {
        var labels = template?.Metadata?.Labels;
        if (selector is null || (!LabelSelectors.IsEmpty(selector) && !LabelSelectors.Matches(selector, labels)))
        {
            yield return FieldError.Invalid($"{Path}.metadata.labels", labels, "`selector` does not match template `labels`");
        }

        var spec = template?.Spec;
        if (spec?.Containers is not { Count: > 0 })
        {
            yield return FieldError.Required($"{Path}.spec.containers");
        }

        var names = new HashSet<string>();
        foreach (var error in Containers(spec?.Containers, "containers", names).Concat(Containers(spec?.InitContainers, "initContainers", names)))
        {
            yield return error;
        }

        if (spec?.RestartPolicy is { } policy && policy != "Always")
        {
            yield return FieldError.NotSupported($"{Path}.spec.restartPolicy", policy, "Always");
        }

        if (spec?.ActiveDeadlineSeconds is not null)
        {
            yield return FieldError.Forbidden($"{Path}.spec.activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported");
        }
    }

    private static IEnumerable<FieldError> Containers(IList<V1Container>? containers, string field, HashSet<string> names)
    {
        for (var i = 0; i < (containers?.Count ?? 0); i++)
        {
            var container = containers![i];
            var path = $"{Path}.spec.{field}[{i}]";
            if (string.IsNullOrEmpty(container.Name))
            {
                yield return FieldError.Required($"{path}.name");
            }
            else if (!Label().IsMatch(container.Name) || container.Name.Length > 63)
            {
                yield return FieldError.Invalid($"{path}.name", container.Name, LabelMessage);
            }
            else if (!names.Add(container.Name))
            {
                yield return FieldError.Duplicate($"{path}.name", container.Name);
            }

            if (string.IsNullOrEmpty(container.Image))
            {
                yield return FieldError.Required($"{path}.image");
            }
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
