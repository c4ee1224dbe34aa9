using System.Text.Json.Nodes;
using ArgoCd.Json;

namespace ArgoCd.Health;

/// <summary>Service, PersistentVolumeClaim, Ingress, APIService, PodDisruptionBudget and CustomResourceDefinition.</summary>
internal static class CoreHealth
{
    public static HealthStatus Service(JsonObject service)
        => service.Text("spec", "type") == "LoadBalancer" && service.Items("status", "loadBalancer", "ingress").Count == 0
            ? new HealthStatus(HealthCode.Progressing)
            : new HealthStatus(HealthCode.Healthy);

    public static HealthStatus PersistentVolumeClaim(JsonObject claim) => new(claim.Text("status", "phase") switch
    {
        "Lost" => HealthCode.Degraded,
        "Pending" => HealthCode.Progressing,
        "Bound" => HealthCode.Healthy,
        _ => HealthCode.Unknown,
    });

    public static HealthStatus Ingress(JsonObject ingress)
        => new(ingress.Items("status", "loadBalancer", "ingress").Count > 0 ? HealthCode.Healthy : HealthCode.Progressing);

    public static HealthStatus ApiService(JsonObject service)
    {
        if (WorkloadHealth.Condition(service["status"], "Available") is not { } available)
        {
            return new HealthStatus(HealthCode.Progressing, "Waiting to be processed");
        }

        var code = available.Text("status") == "True" ? HealthCode.Healthy : HealthCode.Progressing;
        return new HealthStatus(code, $"{available.Text("reason")}: {available.Text("message")}");
    }

    public static HealthStatus PodDisruptionBudget(JsonObject budget)
    {
        var health = new HealthStatus(HealthCode.Progressing, "Waiting for status");
        foreach (var condition in budget.Objects("status", "conditions"))
        {
            var reason = condition.Text("reason");
            if (condition.Text("status") == "False" && reason != "InsufficientPods")
            {
                return new HealthStatus(HealthCode.Degraded, $"PodDisruptionBudget has {reason}");
            }

            health = new HealthStatus(HealthCode.Healthy, $"PodDisruptionBudget has {reason}");
        }

        return health;
    }

    public static HealthStatus CustomResourceDefinition(JsonObject definition)
    {
        var conditions = definition.Objects("status", "conditions").ToList();
        if (conditions.Count == 0)
        {
            return new HealthStatus(HealthCode.Progressing, "Status conditions not found");
        }

        var established = false;
        foreach (var condition in conditions)
        {
            var message = condition.Text("message");
            switch (condition.Text("type"), condition.Text("status"))
            {
                case ("Terminating", "True"):
                    return new HealthStatus(HealthCode.Progressing, $"CRD is terminating: {message}");
                case ("NamesAccepted", "False"):
                    return new HealthStatus(HealthCode.Degraded, $"CRD names have not been accepted: {message}");
                case ("NonStructuralSchema", "True"):
                    return new HealthStatus(HealthCode.Degraded, $"Schema violations found: {message}");
                case ("Established", "True"):
                    established = true;
                    break;
                case ("Established", _) when condition.Text("reason") == "Installing":
                    return new HealthStatus(HealthCode.Progressing, "CRD is being installed");
            }
        }

        return established
            ? new HealthStatus(HealthCode.Healthy, "CRD is healthy")
            : new HealthStatus(HealthCode.Degraded, "CRD is not established");
    }
}
