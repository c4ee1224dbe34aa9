using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;

namespace Kubernetes.Api.Validation;

/// <summary>Jobs, by themselves and as templates (kubernetes pkg/apis/batch/validation).</summary>
internal static class JobValidation
{
    private const int IndexedParallelismMax = 100_000;
    private const int IndexedHostNameMax = 63;

    public static void Check(JsonObject job, FieldErrors errors)
    {
        var spec = job.Object("spec");
        Spec(spec, spec?["selector"], "spec", errors);
        // the pods' host names are the job's name and the last index
        var last = $"{job.Text("metadata", "name")}-{(spec.Number("completions") ?? 1) - 1}";
        if (spec.Text("completionMode") == "Indexed" && last.Length > IndexedHostNameMax)
        {
            errors.Invalid("metadata.name", job.Text("metadata", "name"), $"will not able to create pod with invalid DNS label: {last}");
        }
    }

    public static void Update(JsonObject job, JsonObject old, FieldErrors errors)
    {
        if (old.Text("spec", "completionMode") != "Indexed")
        {
            WorkloadValidation.Immutable(job, old, errors, "spec", "completions");
        }
        WorkloadValidation.Immutable(job, old, errors, "spec", "selector");
        WorkloadValidation.Immutable(job, old, errors, "spec", "completionMode");
        if (old.Flag("spec", "suspend") != true)
        {
            WorkloadValidation.Immutable(job, old, errors, "spec", "template");
        }
    }

    /// <summary>What a Job and a template of one have in common; a template has no selector yet.</summary>
    public static void Spec(JsonObject? spec, JsonNode? selector, string at, FieldErrors errors)
    {
        foreach (var count in (string[])["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"])
        {
            NotNegative(spec, count, at, errors);
        }
        if (spec.Text("completionMode") is { } mode)
        {
            Mode(spec, mode, at, errors);
        }
        JobPolicyValidation.Check(spec, at, errors);
        PodValidation.Template(spec.Object("template"), selector, $"{at}.template", errors);
        if (spec.Text("template", "spec", "restartPolicy") is { } policy && policy is not ("OnFailure" or "Never"))
        {
            errors.Required($"{at}.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }
    }

    public static void NotNegative(JsonObject? spec, string field, string at, FieldErrors errors)
    {
        if (spec.Number(field) is < 0 and var value)
        {
            errors.Invalid($"{at}.{field}", value, "must be greater than or equal to 0");
        }
    }

    private static void Mode(JsonObject? spec, string mode, string at, FieldErrors errors)
    {
        if (mode is not ("NonIndexed" or "Indexed"))
        {
            errors.NotSupported($"{at}.completionMode", mode, "Indexed", "NonIndexed");
        }
        if (mode != "Indexed")
        {
            return;
        }
        if (spec.Number("completions") is null)
        {
            errors.Required($"{at}.completions", "when completion mode is Indexed");
        }
        if (spec.Number("parallelism") is > IndexedParallelismMax and var parallelism)
        {
            errors.Invalid($"{at}.parallelism", parallelism, $"must be less than or equal to {IndexedParallelismMax} when completion mode is Indexed");
        }
    }
}
