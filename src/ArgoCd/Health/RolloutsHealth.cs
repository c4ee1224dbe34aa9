using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>AnalysisRun and Experiment (<c>resource_customizations/argoproj.io</c>).</summary>
internal static class RolloutsHealth
{
    public static HealthStatus AnalysisRun(JsonObject run)
    {
        if (run.Object("status") is not { } status)
        {
            return new HealthStatus(HealthCode.Progressing, "Waiting for analysis run to finish: status has not been reconciled.");
        }

        var message = status.Text("message");
        return status.Text("phase") switch
        {
            "Pending" or "Running" => new HealthStatus(HealthCode.Progressing, "Analysis run is running"),
            "Successful" => new HealthStatus(HealthCode.Healthy, message ?? "Analysis run completed successfully"),
            "Failed" => new HealthStatus(HealthCode.Degraded, message ?? "Analysis run failed"),
            "Error" => new HealthStatus(HealthCode.Degraded, message ?? "Analysis run had an error"),
            "Inconclusive" => new HealthStatus(HealthCode.Unknown, message ?? "Analysis run was inconclusive"),
            _ => new HealthStatus(""),
        };
    }

    public static HealthStatus Experiment(JsonObject experiment)
    {
        if (experiment.Object("status") is not { } status)
        {
            return new HealthStatus(HealthCode.Progressing, "Waiting for experiment to finish: status has not been reconciled.");
        }

        return status.Text("phase") switch
        {
            "Pending" => new HealthStatus(HealthCode.Progressing, "Experiment is pending"),
            "Running" => new HealthStatus(HealthCode.Progressing, "Experiment is running"),
            "Successful" => new HealthStatus(HealthCode.Healthy, "Experiment is successful"),
            "Failed" => new HealthStatus(HealthCode.Degraded, "Experiment has failed"),
            "Error" => new HealthStatus(HealthCode.Degraded, "Experiment had an error"),
            _ => new HealthStatus(""),
        };
    }
}
