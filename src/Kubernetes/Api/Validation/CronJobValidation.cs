using System.Text.Json.Nodes;
using Kubernetes.Api.Errors;
using Kubernetes.Api.Wire;
using Kubernetes.Schedules;

namespace Kubernetes.Api.Validation;

/// <summary>CronJobs: schedule, time zone, policy and the template of their jobs (kubernetes pkg/apis/batch/validation).</summary>
internal static class CronJobValidation
{
    // the names of its jobs are eleven characters longer
    private const int NameMax = 52;

    public static void Check(JsonObject cronJob, FieldErrors errors)
    {
        var spec = cronJob.Object("spec");
        Schedule(spec.Text("schedule") ?? "", errors);
        foreach (var count in (string[])["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"])
        {
            JobValidation.NotNegative(spec, count, "spec", errors);
        }
        if (spec.Text("timeZone") is { } zone)
        {
            TimeZone(zone, errors);
        }
        if (spec.Text("concurrencyPolicy") is { } policy and not ("Allow" or "Forbid" or "Replace"))
        {
            errors.NotSupported("spec.concurrencyPolicy", policy, "Allow", "Forbid", "Replace");
        }
        if (cronJob.Text("metadata", "name") is { Length: > NameMax } name)
        {
            errors.Invalid("metadata.name", name, "must be no more than 52 characters");
        }
        JobValidation.Spec(spec.Object("jobTemplate", "spec"), new JsonObject(), "spec.jobTemplate.spec", errors);
    }

    private static void Schedule(string schedule, FieldErrors errors)
    {
        if (schedule.Length == 0)
        {
            errors.Required("spec.schedule");
            return;
        }
        if (schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
            return;
        }
        try
        {
            CronSchedule.Parse(schedule, timeZone: null);
        }
        catch (FormatException exception)
        {
            errors.Invalid("spec.schedule", schedule, exception.Message);
        }
    }

    private static void TimeZone(string zone, FieldErrors errors)
    {
        if (zone.Length == 0)
        {
            errors.Invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string");
            return;
        }
        if (string.Equals(zone, "Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Invalid("spec.timeZone", zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
            return;
        }
        try
        {
            CronSchedule.Zone(zone);
        }
        catch (FormatException exception)
        {
            errors.Invalid("spec.timeZone", zone, exception.Message);
        }
    }
}
