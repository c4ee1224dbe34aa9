using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>Job (<c>health_job.go</c>) and CronJob (<c>batch/CronJob/health.lua</c>).</summary>
internal static class BatchHealth
{
    public static HealthStatus Job(JsonObject job)
    {
        var (failed, complete, suspended) = (false, false, false);
        string? message = null, failMessage = null;
        foreach (var condition in job.Objects("status", "conditions"))
        {
            switch (condition.Text("type"))
            {
                case "Failed":
                    (failed, complete, failMessage) = (true, true, condition.Text("message"));
                    break;
                case "Complete":
                    (complete, message) = (true, condition.Text("message"));
                    break;
                case "Suspended":
                    (complete, message) = (true, condition.Text("message"));
                    suspended |= condition.Text("status") == "True";
                    break;
            }
        }

        return (complete, failed, suspended) switch
        {
            (false, _, _) => new HealthStatus(HealthCode.Progressing, message),
            (_, true, _) => new HealthStatus(HealthCode.Degraded, failMessage),
            (_, _, true) => new HealthStatus(HealthCode.Suspended, message),
            _ => new HealthStatus(HealthCode.Healthy, message),
        };
    }

    public static HealthStatus CronJob(JsonObject job)
    {
        if (job.Flag("spec", "suspend"))
        {
            return Healthy("CronJob is Suspended"); // upstream: Healthy until its issue 24428 is resolved
        }

        if (job.Object("status") is not { } status)
        {
            return new HealthStatus(HealthCode.Progressing, "Waiting for CronJob");
        }

        if (status.Text("lastScheduleTime") is not { } scheduled)
        {
            return Healthy("CronJob has not been scheduled yet");
        }

        if (status.Text("lastSuccessfulTime") is not { } successful)
        {
            return Healthy("The CronJob never completed successfully. It may not be healthy");
        }

        if (status.Items("active").Count > 0)
        {
            return Healthy("The job is running. Its last execution may not have been successful");
        }

        return string.CompareOrdinal(successful, scheduled) < 0
            ? new HealthStatus(HealthCode.Degraded, "CronJob has not completed its last execution successfully")
            : Healthy("CronJob has completed its last execution successfully");

        static HealthStatus Healthy(string message) => new(HealthCode.Healthy, message);
    }
}
