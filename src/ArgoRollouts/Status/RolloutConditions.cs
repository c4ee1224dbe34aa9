using ArgoRollouts.Models;

namespace ArgoRollouts.Status;

/// <summary>Reading and writing status.conditions (utils/conditions/conditions.go).</summary>
internal static class RolloutConditions
{
    public const string True = "True";
    public const string False = "False";
    public const string Unknown = "Unknown";

    public static RolloutCondition New(string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        Type = type,
        Status = status,
        LastUpdateTime = MetaTimeConverter.Cut(now),
        LastTransitionTime = MetaTimeConverter.Cut(now),
        Reason = reason,
        Message = message,
    };

    public static RolloutCondition? Get(RolloutStatus status, string type) => status.Conditions?.FirstOrDefault(condition => condition.Type == type);

    /// <summary>
    /// Puts the condition last in the list; false, and nothing changed, when one with the same status and reason stands there.
    /// lastTransitionTime stays while the status does.
    /// </summary>
    public static bool Set(RolloutStatus status, RolloutCondition condition)
    {
        var current = Get(status, condition.Type);
        if (current is not null && current.Status == condition.Status)
        {
            if (current.Reason == condition.Reason)
            {
                return false;
            }

            condition.LastTransitionTime = current.LastTransitionTime;
        }

        status.Conditions = [.. Without(status, condition.Type), condition];
        return true;
    }

    public static void Remove(RolloutStatus status, string type) => status.Conditions = [.. Without(status, type)];

    private static IEnumerable<RolloutCondition> Without(RolloutStatus status, string type)
        => (status.Conditions ?? []).Where(condition => condition.Type != type);
}
